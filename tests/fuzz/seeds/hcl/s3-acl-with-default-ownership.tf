# The ownership controls wait for the list instead of the other way round.
resource "aws_s3_bucket" "airflow" {
  bucket = "acme-airflow-dags"
}

resource "aws_s3_bucket_acl" "airflow" {
  bucket = aws_s3_bucket.airflow.id
  acl    = "private"
}

resource "aws_s3_bucket_ownership_controls" "airflow" {
  bucket = aws_s3_bucket_acl.airflow.bucket
  rule {
    object_ownership = "ObjectWriter"
  }
}

# Nothing changes the ownership.
resource "aws_s3_bucket" "uploads" {
  bucket_prefix = "uploads-"
}

resource "aws_s3_bucket_acl" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  acl    = "private"
}

# The controls keep the lists off.
resource "aws_s3_bucket" "enforced" {}

resource "aws_s3_bucket_ownership_controls" "enforced" {
  bucket = aws_s3_bucket.enforced.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_acl" "enforced" {
  bucket     = aws_s3_bucket.enforced.id
  acl        = "log-delivery-write"
  depends_on = [aws_s3_bucket_ownership_controls.enforced]
}

# The list goes with the creation of the bucket.
resource "aws_s3_bucket" "inline" {
  acl = "public-read"
}
