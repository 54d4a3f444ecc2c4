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
      Principal = { Service = ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"] }
    }]
  })
}

resource "aws_ecs_task_definition" "job" {
  family                   = "job"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.job.arn
  container_definitions    = jsonencode([{ name = "app", image = "public.ecr.aws/nginx/nginx:latest", essential = true }])
}

# The trust policy comes from a document, and from elsewhere.
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
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

resource "aws_ecs_task_definition" "second" {
  family                   = "second"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.documented.arn
  container_definitions    = jsonencode([{ name = "app", image = "public.ecr.aws/nginx/nginx:latest", essential = true }])
}

resource "aws_ecs_task_definition" "third" {
  family                   = "third"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.given.arn
  container_definitions    = jsonencode([{ name = "app", image = "public.ecr.aws/nginx/nginx:latest", essential = true }])
}

resource "aws_ecs_task_definition" "fourth" {
  family                   = "fourth"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = "arn:aws:iam::123456789012:role/elsewhere"
  container_definitions    = jsonencode([{ name = "app", image = "public.ecr.aws/nginx/nginx:latest", essential = true }])
}
