terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

resource "aws_subnet" "null" {
  vpc_id = null
}
resource "aws_vpc" "computed" {
  cidr_block = "10.0.0.0/16"
  arn        = "x"
  id         = "x"
}
resource "aws_eks_cluster" "computed" {
  name     = "x"
  role_arn = "arn:aws:iam::123456789012:role/x"
  vpc_config {
    subnet_ids = ["subnet-1"]
    vpc_id     = "vpc-1"
  }
  certificate_authority = []
}
resource "aws_vpc_security_group_ingress_rule" "framework" {
  security_group_id = "sg-1"
  ip_protocol       = "-1"
  cidr_ipv4         = "10.0.0.0/8"
  arn               = "x"
}
resource "aws_vpc_security_group_egress_rule" "framework" {
  security_group_id = null
  ip_protocol       = "-1"
  cidr_ipv4         = "10.0.0.0/8"
  id                = "x"
}
