# What the configuration says now; deployed.tf is what was applied before.

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "back" {
  identifier          = "back"
  engine              = "postgres"
  engine_version      = "15.5"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 50
  username            = "root_user"
  password            = "correct-horse-battery"
  skip_final_snapshot = true
}

resource "aws_db_instance" "major" {
  identifier          = "major"
  engine              = "postgres"
  engine_version      = "16.3"
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
  username            = "administrator_user"
  password            = "correct-horse-battery"
  skip_final_snapshot = true
}

resource "aws_lb" "protected" {
  name                       = "renamed"
  load_balancer_type         = "network"
  subnets                    = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  enable_deletion_protection = false
}

resource "aws_dynamodb_table" "protected" {
  name                        = "protected"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "key"
  deletion_protection_enabled = false

  attribute {
    name = "key"
    type = "S"
  }
}

resource "aws_eks_cluster" "ahead" {
  name     = "ahead"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_eks_cluster" "back" {
  name     = "back"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.30"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_lb_target_group" "api" {
  name     = "api"
  port     = 8080
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "api" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/main/0123456789abcdef"
  port              = 80
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_lb_target_group" "early" {
  name     = "early"
  port     = 8080
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sqs_queue" "jobs" {
  name              = "jobs"
  kms_master_key_id = "arn:aws:kms:us-east-1:123456789012:key/data"
}

resource "aws_secretsmanager_secret" "database" {
  name = "db"
}

resource "aws_iam_role" "application" {
  name               = "app"
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"}}]}"
}
