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

variable "environment" {
  type = string
}

resource "aws_security_group" "web" {
  name = "web-sg-1"
}

resource "aws_security_group" "sgx" {
  name = "sg_web"
}

resource "aws_security_group" "given" {
  name = "${var.environment}-web"
}
