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

resource "aws_vpc" "other" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_subnet" "neighbour" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/23"
}

resource "aws_subnet" "other" {
  vpc_id     = aws_vpc.other.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "never" {
  count      = 0
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}
