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

resource "aws_secretsmanager_secret" "database" {
  name = "database"
}

resource "aws_lambda_function" "rotate" {
  function_name = "rotate"
  filename      = "lambda.zip"
  handler       = "main.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/rotate"
}

resource "aws_lambda_permission" "rotate" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.rotate.function_name
  principal     = "events.amazonaws.com"
}

resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = aws_secretsmanager_secret.database.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn
  rotation_rules {
    automatically_after_days = 30
  }
  depends_on = [aws_lambda_permission.rotate]
}
