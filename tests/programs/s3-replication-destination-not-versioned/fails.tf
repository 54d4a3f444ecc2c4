# The copy keeps no versions.
resource "aws_s3_bucket" "state" {
  bucket = "acme-state"
}

resource "aws_s3_bucket" "state_copy" {
  bucket = "acme-state-copy"
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "state" {
  bucket     = aws_s3_bucket.state.id
  role       = "arn:aws:iam::123456789012:role/replication"
  depends_on = [aws_s3_bucket_versioning.state]
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.state_copy.arn
    }
  }
}

# It does, but nobody waits for it.
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

resource "aws_s3_bucket" "logs_copy" {
  bucket = "acme-logs-copy"
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "logs_copy" {
  bucket = aws_s3_bucket.logs_copy.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "logs" {
  bucket     = aws_s3_bucket.logs.id
  role       = "arn:aws:iam::123456789012:role/replication"
  depends_on = [aws_s3_bucket_versioning.logs]
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.logs_copy.arn
    }
  }
}

# Versioning is suspended.
resource "aws_s3_bucket" "media" {
  bucket = "acme-media"
}

resource "aws_s3_bucket" "media_copy" {
  bucket = "acme-media-copy"
}

resource "aws_s3_bucket_versioning" "media" {
  bucket = aws_s3_bucket.media.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "media_copy" {
  bucket = aws_s3_bucket.media_copy.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket_replication_configuration" "media" {
  bucket     = aws_s3_bucket.media.id
  role       = "arn:aws:iam::123456789012:role/replication"
  depends_on = [aws_s3_bucket_versioning.media, aws_s3_bucket_versioning.media_copy]
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.media_copy.arn
    }
  }
}
