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

resource "aws_iam_role" "job" {
  name = "job"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "eks.amazonaws.com" }
    }]
  })
}

resource "aws_eks_node_group" "job" {
  cluster_name    = "main"
  node_group_name = "job"
  node_role_arn   = aws_iam_role.job.arn
  subnet_ids      = ["subnet-0aaaaaaaaaaaaaaaa"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
