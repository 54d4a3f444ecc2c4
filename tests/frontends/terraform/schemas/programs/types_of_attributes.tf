terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "a"
  secret_key                  = "b"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_lb" "lists" {
  subnets         = [aws_vpc.main]
  security_groups = aws_vpc.main.id
  name            = aws_vpc.main
  internal        = aws_vpc.main.tags
  tags            = aws_vpc.main.ipv6_cidr_block
}
resource "aws_lb" "more" {
  subnets = aws_vpc.main.tags
  tags    = aws_lb.other.subnet_mapping
}
resource "aws_lb" "more2" {
  subnets         = ["a"]
  security_groups = aws_lb.other.subnet_mapping
}
resource "aws_lb" "more3" {
  security_groups = aws_instance.x.ipv6_addresses
  subnets         = aws_instance.x.root_block_device
  name            = aws_instance.x.ipv6_address_count
  idle_timeout    = 60
  internal        = aws_instance.x.tags
}
resource "aws_lb" "more4" {
  security_groups = aws_eks_cluster.e.certificate_authority
  subnets         = aws_eks_cluster.e.identity
  name            = aws_instance.x.vpc_security_group_ids
  tags            = aws_eks_cluster.e.certificate_authority[0]
  internal        = aws_instance.x.ipv6_address_count
}
resource "aws_lb" "more5" {
  security_groups = [aws_instance.x.ipv6_addresses]
  subnets         = [for i in aws_instance.x.ipv6_addresses : [i]]
  tags            = { a = aws_instance.x.ipv6_addresses }
}
resource "aws_instance" "x" {
  ami           = "ami-1"
  instance_type = "t3.micro"
}
resource "aws_eks_cluster" "e" {
  name     = "x"
  role_arn = "arn:aws:iam::123456789012:role/x"
  vpc_config {
    subnet_ids = ["a"]
  }
}
resource "aws_lb" "other" {
  subnets = ["subnet-1"]
}
