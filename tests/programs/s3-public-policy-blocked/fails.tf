# The block is on by default.
resource "aws_s3_bucket" "site" {
  bucket = "www.example.net"
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.site.arn}/*"
    }]
  })
}

# The policy does not wait until the block is off.
resource "aws_s3_bucket" "docs" {}

resource "aws_s3_bucket_public_access_block" "docs" {
  bucket              = aws_s3_bucket.docs.id
  block_public_policy = false
}

data "aws_iam_policy_document" "docs" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.docs.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_s3_bucket_policy" "docs" {
  bucket = aws_s3_bucket.docs.id
  policy = data.aws_iam_policy_document.docs.json
}

# The block is turned on.
resource "aws_s3_bucket" "shut" {}

resource "aws_s3_bucket_public_access_block" "shut" {
  bucket                  = aws_s3_bucket.shut.id
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "shut" {
  bucket     = aws_s3_bucket.shut.id
  depends_on = [aws_s3_bucket_public_access_block.shut]
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.shut.arn}/*" }]
  })
}
