provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

variable "stage" {
  type = string
}

resource "aws_s3_bucket" "underscore" {
  bucket = "s3_bucket_deployments"
}

resource "aws_s3_bucket" "uppercase" {
  provider = aws.virginia
  bucket   = "${var.stage}-MyUploads"
}

resource "aws_s3_bucket" "long" {
  bucket = "a-name-that-goes-on-for-longer-than-sixty-three-characters-allow"
}

resource "aws_s3_bucket" "hyphen" {
  bucket = "uploads-"
}
