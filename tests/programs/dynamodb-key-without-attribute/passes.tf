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

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "Id"
  range_key    = "Placed"

  attribute {
    name = "Id"
    type = "S"
  }
  attribute {
    name = "Placed"
    type = "N"
  }
  attribute {
    name = "Customer"
    type = "S"
  }
  global_secondary_index {
    name            = "by-customer"
    hash_key        = "Customer"
    range_key       = "Placed"
    projection_type = "ALL"
  }
  # The attribute that items expire by needs no definition.
  ttl {
    attribute_name = "Expires"
    enabled        = true
  }
}

variable "key" {
  type = string
}

resource "aws_dynamodb_table" "given" {
  name         = "given"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.key

  attribute {
    name = "Id"
    type = "S"
  }
}
