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

resource "aws_cloudwatch_event_rule" "one" {
  name                = "one"
  schedule_expression = "rate(1 minute)"
}

resource "aws_cloudwatch_event_rule" "five" {
  name                = "five"
  schedule_expression = "rate(5 minutes)"
}

resource "aws_cloudwatch_event_rule" "daily" {
  name                = "daily"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_rule" "noon" {
  name                = "noon"
  schedule_expression = "cron(0 12 * * ? *)"
}

resource "aws_cloudwatch_event_rule" "mondays" {
  name                = "mondays"
  schedule_expression = "cron(0 8 ? * MON *)"
}

resource "aws_cloudwatch_event_rule" "often" {
  name                = "often"
  schedule_expression = "cron(0/10 * ? * MON-FRI *)"
}

variable "days" {
  type = number
}

resource "aws_cloudwatch_event_rule" "given" {
  name                = "given"
  schedule_expression = "rate(${var.days} days)"
}

resource "aws_cloudwatch_event_rule" "pattern" {
  name          = "pattern"
  event_pattern = jsonencode({ source = ["aws.ec2"] })
}
