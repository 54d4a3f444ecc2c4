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
  schedule_expression = "rate(1 minutes)"
}

resource "aws_cloudwatch_event_rule" "five" {
  name                = "five"
  schedule_expression = "rate(5 minute)"
}

resource "aws_cloudwatch_event_rule" "seconds" {
  name                = "seconds"
  schedule_expression = "rate(30 seconds)"
}

resource "aws_cloudwatch_event_rule" "five_fields" {
  name                = "five_fields"
  schedule_expression = "cron(0 12 * * *)"
}

resource "aws_cloudwatch_event_rule" "no_question" {
  name                = "no_question"
  schedule_expression = "cron(0 12 * * * *)"
}

resource "aws_cloudwatch_event_rule" "words" {
  name                = "words"
  schedule_expression = "5 minutes"
}
