terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

resource "aws_sqs_queue" "numbers" {
  name                       = "jobs"
  delay_seconds              = 1000
  visibility_timeout_seconds = 43201
  policy                     = "{"
}

resource "aws_lambda_function" "everything" {
  function_name = "billing"
  role          = "billing-role"
  runtime       = "python4"
  memory_size   = 100
  timeout       = "901"
  architectures = ["arm"]
  package_type  = "zip"
}

resource "aws_lambda_function" "two_sources" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:1"
}

resource "aws_db_instance" "names" {
  instance_class          = "db.t3.micro"
  identifier              = "Orders_DB"
  identifier_prefix       = "orders"
  backup_window           = "4am-5am"
  maintenance_window      = "mon:9-mon:10"
  backup_retention_period = 36
}

resource "aws_lb_target_group" "web" {
  port     = 99999
  protocol = "HTTPX"
  health_check {
    interval = 1
    matcher  = "200"
    protocol = "http"
  }
}

resource "aws_instance" "nothing" {}

resource "aws_route_table" "routes" {
  vpc_id = "vpc-1"
}

resource "aws_subnet" "host_bits" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.1.5/24"
}

resource "aws_vpc" "no_block" {
  cidr_block       = "10.0.0.0"
  instance_tenancy = "Dedicated"
}

resource "aws_iam_role" "policy" {
  name               = "no spaces please"
  path               = "service"
  assume_role_policy = "allow everything"
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  alarm_name          = "errors"
  comparison_operator = ">"
  evaluation_periods  = 0
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 15
  statistic           = "Mean"
}

resource "aws_kms_key" "key" {
  deletion_window_in_days = 3
  key_usage               = "ENCRYPT"
}

resource "aws_dynamodb_table" "table" {
  name         = "t"
  billing_mode = "ON_DEMAND"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "String"
  }
}

resource "aws_budgets_budget" "budget" {
  budget_type  = "cost"
  limit_amount = "10"
  limit_unit   = "USD"
  time_unit    = "MONTH"
}

resource "aws_autoscaling_group" "group" {
  max_size          = 1
  min_size          = 1
  health_check_type = "EC2"
  launch_template {
    id   = "lt-0123"
    name = "web"
  }
}

data "aws_ami" "ubuntu" {
  owners = []
}

data "aws_iam_policy_document" "document" {
  statement {
    effect  = "allow"
    actions = ["s3:GetObject"]
  }
}
