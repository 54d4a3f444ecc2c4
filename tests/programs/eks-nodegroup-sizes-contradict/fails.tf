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

resource "aws_eks_node_group" "few" {
  cluster_name    = "main"
  node_group_name = "few"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 3
    desired_size = 2
    max_size     = 4
  }
}

resource "aws_eks_node_group" "many" {
  cluster_name    = "main"
  node_group_name = "many"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  scaling_config {
    min_size     = 1
    desired_size = 5
    max_size     = 4
  }
}
