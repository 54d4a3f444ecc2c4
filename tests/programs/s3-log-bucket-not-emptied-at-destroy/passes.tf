resource "aws_s3_bucket" "logs" {
  bucket        = "game-access-logs-5519"
  force_destroy = true
}

resource "aws_s3_bucket" "kept" {
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket" "site" {}

resource "aws_s3_bucket_logging" "site" {
  bucket        = aws_s3_bucket.site.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "site/"
}

resource "aws_s3_bucket" "other" {}

resource "aws_s3_bucket_logging" "other" {
  bucket        = aws_s3_bucket.other.id
  target_bucket = aws_s3_bucket.kept.id
  target_prefix = "other/"
}

# Nothing is written: the logs are off.
resource "aws_s3_bucket" "unused" {}

resource "aws_lb" "quiet" {
  internal = true
  subnets  = ["subnet-11111111", "subnet-22222222"]
  access_logs {
    bucket  = aws_s3_bucket.unused.id
    enabled = false
  }
}

# A script empties it.
resource "aws_s3_bucket" "swept" {}

resource "aws_s3_bucket_logging" "swept" {
  bucket        = aws_s3_bucket.site.id
  target_bucket = aws_s3_bucket.swept.id
  target_prefix = "site/"
}

resource "null_resource" "sweep" {
  triggers = { bucket = aws_s3_bucket.swept.id }
  provisioner "local-exec" {
    when    = destroy
    command = "aws s3 rm --recursive s3://${self.triggers.bucket}"
  }
}
