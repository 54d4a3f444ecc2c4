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

variable "fifo" {
  type = bool
}

resource "aws_sqs_queue" "orders" {
  name       = "orders.fifo"
  fifo_queue = true
}

resource "aws_sqs_queue" "either" {
  name       = var.fifo ? "either.fifo" : "either"
  fifo_queue = var.fifo
}

resource "aws_sqs_queue" "standard" {
  name = "orders-fifo"
}
