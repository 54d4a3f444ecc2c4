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

variable "name" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name       = "${var.name}.fifo"
  fifo_queue = true
}

resource "aws_sqs_queue" "given" {
  name       = var.name
  fifo_queue = true
}

resource "aws_sqs_queue" "prefixed" {
  name_prefix = "orders"
  fifo_queue  = true
}

resource "aws_sqs_queue" "standard" {
  name = "orders"
}
