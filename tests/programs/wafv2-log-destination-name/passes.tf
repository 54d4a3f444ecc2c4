variable "stage" {
  type = string
}

resource "aws_cloudwatch_log_group" "waf" {
  name = "aws-waf-logs-api"
}

resource "aws_s3_bucket" "waf" {
  bucket = "aws-waf-logs-${var.stage}"
}

# How it begins is not known.
resource "aws_s3_bucket" "open" {
  bucket = "${var.stage}-waf"
}

# Only the first letters are known, and they fit.
resource "aws_s3_bucket" "begun" {
  bucket = "aws-${var.stage}"
}

resource "aws_wafv2_web_acl_logging_configuration" "all" {
  for_each = {
    group  = aws_cloudwatch_log_group.waf.arn
    bucket = aws_s3_bucket.waf.arn
    open   = aws_s3_bucket.open.arn
    begun  = aws_s3_bucket.begun.arn
    stream = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/aws-waf-logs-web"
  }
  resource_arn            = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/${each.key}/11111111-2222-3333-4444-555555555555"
  log_destination_configs = [each.value]
}
