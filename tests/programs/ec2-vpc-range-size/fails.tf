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

resource "aws_vpc" "vpc" {
  cidr_block = "172.16.0.0/12"
}

resource "aws_vpc" "tiny" {
  cidr_block = "10.0.0.0/29"
}
