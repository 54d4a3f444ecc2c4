resource "aws_s3_bucket" "logs" {
  bucket = "game-alb-access-logs-5519"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.logs.arn}/*"
    }]
  })
}

resource "aws_lb" "game" {
  name               = "game"
  internal           = true
  load_balancer_type = "application"
  subnets            = ["subnet-11111111", "subnet-22222222"]
  access_logs {
    bucket  = aws_s3_bucket.logs.id
    enabled = true
  }
  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_s3_bucket" "traffic" {}

resource "aws_flow_log" "traffic" {
  vpc_id               = "vpc-11111111"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.traffic.arn
}
