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

resource "aws_lambda_function" "shop" {
  function_name = "shop"
  filename      = "lambda.zip"
  handler       = "main.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/functions"
}

resource "aws_lambda_provisioned_concurrency_config" "version" {
  function_name                     = aws_lambda_function.shop.function_name
  qualifier                         = aws_lambda_function.shop.version
  provisioned_concurrent_executions = 2
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.shop.function_name
  function_version = "$LATEST"
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  function_name                     = aws_lambda_function.shop.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = 2
}

resource "aws_lambda_provisioned_concurrency_config" "latest" {
  function_name                     = aws_lambda_function.shop.function_name
  qualifier                         = "$LATEST"
  provisioned_concurrent_executions = 2
}
