resource "aws_s3_bucket" "site" {
  bucket = "www.example.net"
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_policy     = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "site" {
  bucket     = aws_s3_bucket.site.id
  depends_on = [aws_s3_bucket_public_access_block.site]
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.site.arn}/*" }]
  })
}

# Denying everybody opens nothing; a distribution is a fixed principal.
resource "aws_s3_bucket" "assets" {}

resource "aws_s3_bucket_policy" "assets" {
  bucket = aws_s3_bucket.assets.id
  policy = jsonencode({
    Statement = [
      {
        Effect    = "Deny", Principal = "*", Action = "s3:*", Resource = "${aws_s3_bucket.assets.arn}/*",
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      { Effect = "Allow", Principal = { Service = "cloudfront.amazonaws.com" }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.assets.arn}/*" },
    ]
  })
}

# Everybody, but from one endpoint only.
resource "aws_s3_bucket" "inside" {}

resource "aws_s3_bucket_policy" "inside" {
  bucket = aws_s3_bucket.inside.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.inside.arn}/*",
      Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1a2b3c4d" } }
    }]
  })
}

# Who may read is not known.
variable "reader" {
  type = string
}

resource "aws_s3_bucket" "shared" {}

resource "aws_s3_bucket_policy" "shared" {
  bucket = aws_s3_bucket.shared.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = var.reader }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.shared.arn}/*" }]
  })
}

# The bucket is there already.
resource "aws_s3_bucket_policy" "elsewhere" {
  bucket = "acme-old"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-old/*" }]
  })
}
