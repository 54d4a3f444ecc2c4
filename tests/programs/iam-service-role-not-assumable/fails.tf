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

resource "aws_iam_role" "shared" {
  name = "shared"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = aws_iam_role.shared.arn
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop.git"
  }
}

resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = aws_iam_role.shared.arn
  artifact_store {
    location = aws_s3_bucket.data.bucket
    type     = "S3"
  }
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "S3"
      version          = "1"
      output_artifacts = ["source"]
      configuration = {
        S3Bucket    = aws_s3_bucket.data.bucket
        S3ObjectKey = "source.zip"
      }
    }
  }
  stage {
    name = "Build"
    action {
      name            = "Build"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
      configuration = {
        ProjectName = aws_codebuild_project.build.name
      }
    }
  }
}

resource "aws_s3_bucket" "data" {
  bucket = "shop-data-4711"
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = aws_iam_role.shared.arn
    bucket_arn = aws_s3_bucket.data.arn
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  role_arn            = aws_iam_role.shared.arn
}

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.shared.arn
}

resource "aws_db_instance" "shop" {
  identifier                  = "shop"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "shop"
  manage_master_user_password = true
  skip_final_snapshot         = true
  monitoring_interval         = 60
  monitoring_role_arn         = aws_iam_role.shared.arn
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-postgresql"
  master_username             = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier  = aws_rds_cluster.orders.id
  engine              = aws_rds_cluster.orders.engine
  instance_class      = "db.r7g.large"
  monitoring_interval = 30
  monitoring_role_arn = aws_iam_role.shared.arn
}

resource "aws_glue_crawler" "sales" {
  name          = "sales"
  database_name = "sales"
  role          = aws_iam_role.shared.arn
  s3_target {
    path = "s3://${aws_s3_bucket.data.bucket}/sales"
  }
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "audit-of-another-account"
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.shared.arn
}

resource "aws_cognito_user_pool" "customers" {
  name = "customers"
  sms_configuration {
    external_id    = "customers"
    sns_caller_arn = aws_iam_role.shared.arn
  }
}

resource "aws_backup_selection" "databases" {
  name         = "databases"
  plan_id      = "0123abcd-4567-89ef-0123-456789abcdef"
  iam_role_arn = aws_iam_role.shared.arn
  resources    = [aws_db_instance.shop.arn]
}

resource "aws_mwaa_environment" "jobs" {
  name               = "jobs"
  dag_s3_path        = "dags/"
  execution_role_arn = aws_iam_role.shared.arn
  source_bucket_arn  = aws_s3_bucket.data.arn
  network_configuration {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_datasync_location_s3" "data" {
  s3_bucket_arn = aws_s3_bucket.data.arn
  subdirectory  = "/"
  s3_config {
    bucket_access_role_arn = aws_iam_role.shared.arn
  }
}

resource "aws_flow_log" "network" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.trail.arn
  iam_role_arn    = aws_iam_role.shared.arn
}
