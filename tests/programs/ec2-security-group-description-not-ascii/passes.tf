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

resource "aws_security_group" "queue" {
  name        = "queue"
  description = "Worker -> database"

  tags = {
    Purpose = "Für die Warteschlange – intern"
  }
}
