provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "audit"
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/audit"
  }
}

data "aws_caller_identity" "current" {}

data "aws_caller_identity" "audit" {
  provider = aws.audit
}
