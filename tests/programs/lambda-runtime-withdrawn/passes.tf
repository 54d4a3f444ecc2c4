variable "runtime" {
  type = string
}

locals {
  runtimes = { current = "python3.13", deprecated = "python3.9", unheard_of = "python3.99" }
}

resource "aws_lambda_function" "all" {
  for_each = local.runtimes

  function_name = each.key
  role          = "arn:aws:iam::123456789012:role/all"
  runtime       = each.value
  handler       = "index.handler"
  filename      = "all.zip"
}

resource "aws_lambda_function" "chosen" {
  function_name = "chosen"
  role          = "arn:aws:iam::123456789012:role/chosen"
  runtime       = var.runtime
  handler       = "index.handler"
  filename      = "chosen.zip"
}

resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::123456789012:role/image"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1"
}
