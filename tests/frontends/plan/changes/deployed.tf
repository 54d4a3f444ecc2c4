# What is deployed. changed.tf is what the configuration says now; make plans records the plan between the two.

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "protected" {
  identifier          = "protected"
  engine              = "postgres"
  engine_version      = "16.3"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 20
  username            = "root_user"
  password            = "correct-horse-battery"
  deletion_protection = true
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "unnamed" {
  cluster_identifier = "unnamed"
  engine             = "aurora-postgresql"
  engine_version     = "16.3"
  master_username    = "root_user"
  master_password    = "correct-horse-battery"
}

resource "aws_db_instance" "back" {
  identifier          = "back"
  engine              = "postgres"
  engine_version      = "15.7"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 100
  username            = "root_user"
  password            = "correct-horse-battery"
  skip_final_snapshot = true
}

resource "aws_db_instance" "major" {
  identifier          = "major"
  engine              = "postgres"
  engine_version      = "14.12"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 100
  username            = "root_user"
  password            = "correct-horse-battery"
  skip_final_snapshot = true
}

resource "aws_db_instance" "replaced" {
  identifier          = "replaced"
  engine              = "postgres"
  engine_version      = "16.3"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 20
  username            = "root_user"
  password            = "correct-horse-battery"
  skip_final_snapshot = true
}

resource "aws_lb" "protected" {
  name                       = "protected"
  load_balancer_type         = "network"
  subnets                    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  enable_deletion_protection = true
}

resource "aws_dynamodb_table" "protected" {
  name                        = "protected"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_cognito_user_pool" "protected" {
  name                = "protected"
  deletion_protection = "ACTIVE"
}

resource "aws_s3_bucket" "old" {
  bucket = "old-reports"
}

resource "aws_ecr_repository" "old" {
  name = "old"
}

resource "aws_backup_vault" "old" {
  name = "old"
}

resource "aws_eks_cluster" "ahead" {
  name     = "ahead"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.29"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_eks_cluster" "back" {
  name     = "back"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_lb_target_group" "api" {
  name     = "api"
  port     = 80
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "api" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/main/0123456789abcdef"
  port              = 80
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/api/api"
  }
}

resource "aws_lb_target_group" "early" {
  name     = "early"
  port     = 80
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_kms_key" "data" {
  description = "data"
}

resource "aws_sqs_queue" "jobs" {
  name              = "jobs"
  kms_master_key_id = aws_kms_key.data.arn
}

resource "aws_secretsmanager_secret" "db" {
  name = "db"
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"}}]}"
}
