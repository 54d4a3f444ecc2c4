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

resource "aws_autoscaling_group" "web" {
  name                 = "web"
  min_size             = 1
  max_size             = 3
  desired_capacity     = 4
  availability_zones   = ["us-east-1a"]
  launch_configuration = "web-1"
}

resource "aws_autoscaling_group" "api" {
  name                 = "api"
  min_size             = 3
  max_size             = 2
  desired_capacity     = 2
  availability_zones   = ["us-east-1a"]
  launch_configuration = "web-1"
}
