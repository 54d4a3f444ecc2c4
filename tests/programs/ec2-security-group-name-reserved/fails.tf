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
  name = "sg-web"
}

resource "aws_security_group" "made_up" {
  name_prefix = "sg-${var.environment}-"
}
