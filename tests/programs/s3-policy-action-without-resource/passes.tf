variable "resource" {
  type = string
}

resource "aws_s3_bucket" "reports" {
  bucket = "acme-reports"
}

resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:root" }
        Action    = ["s3:GetObject", "s3:ListBucket"]
        Resource  = [aws_s3_bucket.reports.arn, "${aws_s3_bucket.reports.arn}/*"]
      },
      {
        # Wildcards fit something.
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = aws_s3_bucket.reports.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        # So does a name that goes on.
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:root" }
        Action    = ["s3:PutObject", "s3:GetBucketLocation"]
        Resource  = "${aws_s3_bucket.reports.arn}*"
      },
      {
        # What stands in a variable is not known.
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:root" }
        Action    = ["s3:PutObject", "s3:GetBucketAcl"]
        Resource  = ["arn:aws:s3:::${var.resource}"]
      },
    ]
  })
}
