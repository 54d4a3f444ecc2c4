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
  family = "aurora-postgresql16"
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

resource "aws_rds_cluster" "newest" {
  cluster_identifier              = "newest"
  engine                          = "aurora-postgresql"
  master_username                 = "newest"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.orders.name
}

resource "aws_rds_cluster" "carts" {
  cluster_identifier              = "carts"
  engine                          = "aurora-mysql"
  master_username                 = "carts"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  engine_version                  = "8.0.mysql_aurora.3.08.2"
  db_cluster_parameter_group_name = "default.aurora-mysql8.0"
}

variable "release" {
  type = string
}

resource "aws_rds_cluster" "given" {
  cluster_identifier              = "given"
  engine                          = "aurora-postgresql"
  master_username                 = "given"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  engine_version                  = var.release
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.orders.name
}
