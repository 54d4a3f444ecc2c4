resource "aws_lambda_function" "resize" {
  function_name = "resize"
  role          = "arn:aws:iam::123456789012:role/resize"
  runtime       = "nodejs14.x"
  handler       = "index.handler"
  filename      = "resize.zip"
}
