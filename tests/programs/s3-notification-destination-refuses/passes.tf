resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "index.handler"
  filename      = "code.zip"
}

resource "aws_lambda_permission" "worker" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.worker.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.worker.arn
}

resource "aws_s3_bucket" "worker" {}

resource "aws_s3_bucket_notification" "worker" {
  bucket = aws_s3_bucket.worker.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.worker.arn
    events              = ["s3:ObjectCreated:*"]
  }
  depends_on = [aws_lambda_permission.worker]
}

resource "aws_sqs_queue" "jobs" {}

resource "aws_s3_bucket" "jobs" {}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
    }]
  })
}

resource "aws_s3_bucket_notification" "jobs" {
  bucket = aws_s3_bucket.jobs.id
  depends_on = [aws_sqs_queue_policy.jobs]
  queue {
    queue_arn = aws_sqs_queue.jobs.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

# The destination is made elsewhere.
resource "aws_s3_bucket" "away" {}

resource "aws_s3_bucket_notification" "away" {
  bucket      = aws_s3_bucket.away.id
  eventbridge = true
  topic {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:uploads"
    events    = ["s3:ObjectCreated:*"]
  }
}
