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
      Principal = { Service = ["eks.amazonaws.com", "eks-fargate-pods.amazonaws.com"] }
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

# The trust policy comes from a document, and from elsewhere.
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["eks-fargate-pods.amazonaws.com"]
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

resource "aws_eks_fargate_profile" "second" {
  cluster_name           = "main"
  fargate_profile_name   = "second"
  pod_execution_role_arn = aws_iam_role.documented.arn
  subnet_ids             = ["subnet-0aaaaaaaaaaaaaaaa"]
  selector {
    namespace = "default"
  }
}

resource "aws_eks_fargate_profile" "third" {
  cluster_name           = "main"
  fargate_profile_name   = "third"
  pod_execution_role_arn = aws_iam_role.given.arn
  subnet_ids             = ["subnet-0aaaaaaaaaaaaaaaa"]
  selector {
    namespace = "default"
  }
}

resource "aws_eks_fargate_profile" "fourth" {
  cluster_name           = "main"
  fargate_profile_name   = "fourth"
  pod_execution_role_arn = "arn:aws:iam::123456789012:role/elsewhere"
  subnet_ids             = ["subnet-0aaaaaaaaaaaaaaaa"]
  selector {
    namespace = "default"
  }
}
