# Nothing lets S3 invoke the function.
resource "aws_lambda_function" "alone" {
  function_name = "alone"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "index.handler"
  filename      = "code.zip"
}

resource "aws_s3_bucket" "alone" {}

resource "aws_s3_bucket_notification" "alone" {
  bucket = aws_s3_bucket.alone.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.alone.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

# The permission is not waited for.
resource "aws_lambda_function" "late" {
  function_name = "late"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "index.handler"
  filename      = "code.zip"
}

resource "aws_lambda_permission" "late" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.late.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.late.arn
}

resource "aws_s3_bucket" "late" {}

resource "aws_s3_bucket_notification" "late" {
  bucket = aws_s3_bucket.late.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.late.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

# The queue has no policy.
resource "aws_sqs_queue" "shut" {}

resource "aws_s3_bucket" "shut" {}

resource "aws_s3_bucket_notification" "shut" {
  bucket = aws_s3_bucket.shut.id
  queue {
    queue_arn = aws_sqs_queue.shut.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

# Its policy lets somebody else in.
resource "aws_sqs_queue" "other" {}

resource "aws_s3_bucket" "other" {}

resource "aws_sqs_queue_policy" "other" {
  queue_url = aws_sqs_queue.other.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.other.arn
    }]
  })
}

resource "aws_s3_bucket_notification" "other" {
  bucket = aws_s3_bucket.other.id
  depends_on = [aws_sqs_queue_policy.other]
  queue {
    queue_arn = aws_sqs_queue.other.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

# Its policy is not waited for.
resource "aws_sqs_queue" "eager" {}

resource "aws_s3_bucket" "eager" {}

resource "aws_sqs_queue_policy" "eager" {
  queue_url = aws_sqs_queue.eager.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.eager.arn
    }]
  })
}

resource "aws_s3_bucket_notification" "eager" {
  bucket = aws_s3_bucket.eager.id
  queue {
    queue_arn = aws_sqs_queue.eager.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
