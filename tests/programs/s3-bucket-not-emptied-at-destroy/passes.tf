resource "aws_s3_bucket" "uploads" {
  bucket        = "acme-uploads-dev"
  force_destroy = true
  tags          = { Environment = "dev" }
}

resource "aws_s3_bucket" "archive" {
  bucket = "acme-archive-dev"
  tags   = { Environment = "dev" }
  lifecycle {
    prevent_destroy = true
  }
}

variable "purge" {
  type = bool
}

resource "aws_s3_bucket" "chosen" {
  force_destroy = var.purge
}
