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

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = "us-east-1a"
}

resource "aws_lb" "inner" {
  name     = "inner"
  internal = true
  subnets  = aws_subnet.app[*].id
}

resource "aws_lb" "single" {
  name               = "single"
  internal           = true
  load_balancer_type = "application"
  subnets            = [aws_subnet.app[0].id]
}
