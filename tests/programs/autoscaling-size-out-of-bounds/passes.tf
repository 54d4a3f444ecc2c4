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

variable "size" {
  type = number
}

resource "aws_autoscaling_group" "web" {
  name                 = "web"
  min_size             = 1
  max_size             = 3
  desired_capacity     = 3
  availability_zones   = ["us-east-1a"]
  launch_configuration = "web-1"
}

resource "aws_autoscaling_group" "given" {
  name                 = "given"
  min_size             = 2
  max_size             = var.size
  desired_capacity     = 4
  availability_zones   = ["us-east-1a"]
  launch_configuration = "web-1"
}

resource "aws_autoscaling_group" "none" {
  name                 = "none"
  min_size             = 0
  max_size             = 0
  desired_capacity     = null
  availability_zones   = ["us-east-1a"]
  launch_configuration = "web-1"
}
