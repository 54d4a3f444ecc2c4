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

resource "aws_eks_fargate_profile" "job" {
  cluster_name           = "main"
  fargate_profile_name   = "job"
  pod_execution_role_arn = aws_iam_role.job.arn
  subnet_ids             = ["subnet-0aaaaaaaaaaaaaaaa"]
  selector {
    namespace = "default"
  }
}
