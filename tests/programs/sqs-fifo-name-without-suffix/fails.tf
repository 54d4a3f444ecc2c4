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

variable "stage" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name       = "orders"
  fifo_queue = true
}

resource "aws_sqs_queue" "staged" {
  name       = "${var.stage}-orders"
  fifo_queue = true
}
