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

variable "range" {
  type = string
}

resource "aws_vpc" "largest" {
  cidr_block = "172.16.0.0/16"
}

resource "aws_vpc" "smallest" {
  cidr_block = "10.0.0.0/28"
}

resource "aws_vpc" "given" {
  cidr_block = var.range
}
