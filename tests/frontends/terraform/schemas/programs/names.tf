terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

resource "aws_s3_bucket" "a" {
  buckett  = "x"
  bucketx1 = 1
  acll     = 3
  domain_name {
  }
  versioning = { enabled = true }
  versoning {
    enabled = true
  }
}
resource "aws_subnet" "s" {
  map_public_ip_on_launch = "yes"
  tags                    = ["a"]
}
resource "aws_subnet" "s2" {
  vpc_id                  = ["a"]
  cidr_block              = { a = 1 }
  map_public_ip_on_launch = 1
  tags                    = { a = ["x"] }
  ipv6_native             = []
}
resource "aws_instance" "i" {
  instance_type          = "t3.micro"
  ami                    = "ami-1"
  cpu_core_count         = "two"
  vpc_security_group_ids = "sg-1"
  ipv6_addresses         = [["x"]]
  security_groups        = { a = "b" }
  root_block_device {
    volume_size = "big"
    volum       = 1
  }
  root_block_device {
    volume_size = 8
  }
  ebs_block_device = [{ device_name = "a" }]
  tags {
    a = 1
  }
}
resource "aws_security_group" "g" {
  ingress {
    from_port = 1
    nonsense  = 2
  }
  egress = [{ from_port = 1 }]
}
resource "aws_security_group" "g2" {
  ingress {
    protocol = "tcp"
  }
  egress = { from_port = 1 }
}
resource "aws_security_group" "g3" {
  egress = [{ from_port = "a", to_port = 1, protocol = "tcp", description = "", cidr_blocks = [], ipv6_cidr_blocks = [], prefix_list_ids = [], security_groups = [], self = false }]
}
resource "aws_lb_target_group" "t" {
  stickiness {
    type = "a"
  }
  stickiness {
    type = "a"
  }
  health_check {
  }
}
resource "aws_dynamodb_table" "t" {
  name     = "x"
  hash_key = "h"
  dynamic "attribute" {
    for_each = ["a"]
    content {
      nme  = "x"
      name = attribute.value
    }
  }
  dynamic "ttll" {
    for_each = ["a"]
    content {
      name = 1
    }
  }
}
resource "aws_cloudfront_distribution" "d" {
  enabled = true
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {}
  viewer_certificate {}
}

resource "aws_s3_buckt" "misspelt" {}
resource "aws_vpcx_y" "unheard_of" {}
data "aws_amii" "misspelt" {}
data "aws_s3_bucket_acl" "resource" {}
resource "aws_ami_ids" "data" {}
ephemeral "aws_secretmanager_secret" "misspelt" {}
resource "aws_sqs_queue" "flag" {
  fifo_queue = "True"
}
resource "aws_route" "missing" {}
resource "aws_instance" "timeouts" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  timeouts {
    creat = "5m"
  }
  lifecycle {
    ignore_changes = [ami]
  }
}
resource "aws_eip" "timeouts" {
  timeouts {
    create = "5m"
  }
}
resource "aws_vpc" "no_timeouts" {
  cidr_block = "10.0.0.0/16"
  timeouts {
    create = "5m"
  }
}
resource "aws_lb" "other" {
  subnets = ["subnet-1"]
}
resource "aws_iam_role_policy_attachments_exclusive" "framework" {
  role_name   = "x"
  policy_arns = "x"
}
