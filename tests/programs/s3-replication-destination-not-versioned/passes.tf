# Both keep versions.
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

resource "aws_s3_bucket_versioning" "state_copy" {
  bucket = aws_s3_bucket.state_copy.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "state" {
  bucket     = aws_s3_bucket.state.id
  role       = "arn:aws:iam::123456789012:role/replication"
  depends_on = [aws_s3_bucket_versioning.state, aws_s3_bucket_versioning.state_copy]
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.state_copy.arn
    }
  }
}

variable "versioning" {
  type = string
}

# Not known.
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
    status = var.versioning
  }
}

resource "aws_s3_bucket_replication_configuration" "logs" {
  bucket     = aws_s3_bucket.logs.id
  role       = "arn:aws:iam::123456789012:role/replication"
  depends_on = [aws_s3_bucket_versioning.logs, aws_s3_bucket_versioning.logs_copy]
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.logs_copy.arn
    }
  }
}

# The destination is made elsewhere.
resource "aws_s3_bucket_replication_configuration" "away" {
  bucket     = aws_s3_bucket.state.id
  role       = "arn:aws:iam::123456789012:role/replication"
  depends_on = [aws_s3_bucket_versioning.state]
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::acme-elsewhere"
    }
  }
}
