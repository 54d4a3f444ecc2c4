variable "days" {
  type = number
}

resource "aws_s3_bucket" "media" {}

resource "aws_s3_bucket_lifecycle_configuration" "media" {
  bucket = aws_s3_bucket.media.id
  rule {
    id     = "age"
    status = "Enabled"
    filter {}
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
  }
  rule {
    id     = "at-once"
    status = "Enabled"
    filter {
      prefix = "archive/"
    }
    transition {
      days          = 0
      storage_class = "GLACIER"
    }
  }
  rule {
    id     = "chosen"
    status = "Enabled"
    filter {
      prefix = "chosen/"
    }
    transition {
      days          = var.days
      storage_class = "ONEZONE_IA"
    }
  }
}
