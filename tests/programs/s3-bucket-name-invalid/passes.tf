variable "stage" {
  type = string
}

resource "aws_s3_bucket" "plain" {
  bucket = "www.example-2.net"
}

resource "aws_s3_bucket" "partly" {
  bucket = "uploads-${var.stage}"
}

resource "aws_s3_bucket" "lowered" {
  bucket = lower("Uploads-${var.stage}")
}

resource "aws_s3_bucket" "replaced" {
  bucket = replace("my_uploads_${var.stage}", "_", "-")
}

resource "aws_s3_bucket" "longest" {
  bucket = "a-name-that-goes-on-for-precisely-sixty-three-characters-at-all"
}

resource "aws_s3_bucket" "unnamed" {}

# Terraform takes an empty name for none.
resource "aws_s3_bucket" "empty" {
  bucket = ""
}
