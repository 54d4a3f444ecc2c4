resource "aws_s3_bucket" "airflow" {
  bucket = "acme-airflow-dags"
}

resource "aws_s3_bucket_ownership_controls" "airflow" {
  bucket = aws_s3_bucket.airflow.id
  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_acl" "airflow" {
  bucket     = aws_s3_bucket.airflow.id
  acl        = "private"
  depends_on = [aws_s3_bucket_ownership_controls.airflow]
}

# Ordered by the reference alone.
resource "aws_s3_bucket" "chained" {}

resource "aws_s3_bucket_ownership_controls" "chained" {
  bucket = aws_s3_bucket.chained.id
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_acl" "chained" {
  bucket = aws_s3_bucket_ownership_controls.chained.bucket
  acl    = "log-delivery-write"
}

# A bucket that is there already may have lists turned on.
data "aws_s3_bucket" "old" {
  bucket = "acme-old"
}

resource "aws_s3_bucket_acl" "old" {
  bucket = data.aws_s3_bucket.old.id
  acl    = "private"
}

# Sent with a new bucket, this gives nothing away.
resource "aws_s3_bucket" "inline" {
  acl = "private"
}

# Whether the controls are made is not known.
variable "own" {
  type = bool
}

resource "aws_s3_bucket" "maybe" {}

resource "aws_s3_bucket_ownership_controls" "maybe" {
  count  = var.own ? 1 : 0
  bucket = aws_s3_bucket.maybe.id
  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_acl" "maybe" {
  bucket     = aws_s3_bucket.maybe.id
  acl        = "private"
  depends_on = [aws_s3_bucket_ownership_controls.maybe]
}
