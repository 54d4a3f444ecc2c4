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

resource "aws_rds_cluster_parameter_group" "orders" {
  name   = "orders"
  family = "aurora-postgresql15"
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier              = "orders"
  engine                          = "aurora-postgresql"
  master_username                 = "orders"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  engine_version                  = "16"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.orders.name
}

resource "aws_rds_cluster" "carts" {
  cluster_identifier              = "carts"
  engine                          = "aurora-postgresql"
  master_username                 = "carts"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = "default.aurora-mysql8.0"
}
