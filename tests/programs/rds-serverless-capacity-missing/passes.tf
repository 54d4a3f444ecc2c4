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

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-postgresql"
  master_username             = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.serverless"
}

resource "aws_rds_cluster" "fixed" {
  cluster_identifier          = "fixed"
  engine                      = "aurora-postgresql"
  master_username             = "fixed"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster_instance" "fixed" {
  cluster_identifier = aws_rds_cluster.fixed.id
  engine             = aws_rds_cluster.fixed.engine
  instance_class     = "db.r7g.large"
}

resource "aws_rds_cluster" "restored" {
  cluster_identifier          = "restored"
  engine                      = "aurora-postgresql"
  master_username             = "restored"
  manage_master_user_password = true
  skip_final_snapshot         = true
  snapshot_identifier         = "orders-2026"
}

resource "aws_rds_cluster_instance" "restored" {
  cluster_identifier = aws_rds_cluster.restored.id
  engine             = aws_rds_cluster.restored.engine
  instance_class     = "db.serverless"
}

variable "cluster" {
  type = string
}

resource "aws_rds_cluster_instance" "given" {
  cluster_identifier = var.cluster
  engine             = "aurora-postgresql"
  instance_class     = "db.serverless"
}
