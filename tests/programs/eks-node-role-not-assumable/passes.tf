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
      Principal = { Service = ["eks.amazonaws.com", "ec2.amazonaws.com"] }
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

# The trust policy comes from a document, and from elsewhere.
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }
  }
}

resource "aws_iam_role" "documented" {
  name               = "documented"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

variable "trust" {
  type = string
}

resource "aws_iam_role" "given" {
  name               = "given"
  assume_role_policy = var.trust
}

resource "aws_eks_node_group" "second" {
  cluster_name    = "main"
  node_group_name = "second"
  node_role_arn   = aws_iam_role.documented.arn
  subnet_ids      = ["subnet-0aaaaaaaaaaaaaaaa"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_eks_node_group" "third" {
  cluster_name    = "main"
  node_group_name = "third"
  node_role_arn   = aws_iam_role.given.arn
  subnet_ids      = ["subnet-0aaaaaaaaaaaaaaaa"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_eks_node_group" "fourth" {
  cluster_name    = "main"
  node_group_name = "fourth"
  node_role_arn   = "arn:aws:iam::123456789012:role/elsewhere"
  subnet_ids      = ["subnet-0aaaaaaaaaaaaaaaa"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
