variable "key" {
  type = string
}

resource "aws_cloudwatch_log_group" "app" {
  name       = "/app"
  kms_key_id = var.key
}

resource "aws_cloudwatch_log_group" "other" {
  name       = "/other"
  kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
