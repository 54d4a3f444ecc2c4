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

variable "other_range" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "pods" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "100.64.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, 1)
}

resource "aws_subnet" "pods" {
  vpc_id     = aws_vpc_ipv4_cidr_block_association.pods.vpc_id
  cidr_block = "100.64.1.0/24"
}

resource "aws_vpc" "open" {
  cidr_block = "10.8.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "open" {
  vpc_id     = aws_vpc.open.id
  cidr_block = var.other_range
}

resource "aws_subnet" "open" {
  vpc_id     = aws_vpc.open.id
  cidr_block = "10.9.1.0/24"
}
