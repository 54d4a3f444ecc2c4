provider "aws" {
  region = "ap-southeast-1"
}

variable "stage" {
  type = string
}

resource "aws_cloudwatch_log_group" "waf" {
  name = "/aws/waf"
}

resource "aws_s3_bucket" "waf" {
  bucket = "acme-${var.stage}-waf-logs"
}

resource "aws_wafv2_web_acl_logging_configuration" "group" {
  resource_arn            = "arn:aws:wafv2:ap-southeast-1:123456789012:regional/webacl/api/11111111-2222-3333-4444-555555555555"
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]
}

resource "aws_wafv2_web_acl_logging_configuration" "bucket" {
  resource_arn            = "arn:aws:wafv2:ap-southeast-1:123456789012:regional/webacl/web/11111111-2222-3333-4444-555555555555"
  log_destination_configs = [aws_s3_bucket.waf.arn]
}
