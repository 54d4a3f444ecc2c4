terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "nodes" {
  type = number
}

resource "aws_eks_node_group" "equal" {
  cluster_name    = "main"
  node_group_name = "equal"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 2
  }
}

resource "aws_eks_node_group" "zero" {
  cluster_name    = "main"
  node_group_name = "zero"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 0
    desired_size = 0
    max_size     = 4
  }
}

resource "aws_eks_node_group" "given" {
  cluster_name    = "main"
  node_group_name = "given"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 3
    desired_size = var.nodes
    max_size     = 4
  }
}
