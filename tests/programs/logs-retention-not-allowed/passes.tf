resource "aws_cloudwatch_log_group" "app" {
  retention_in_days = 2557
}

resource "aws_cloudwatch_log_group" "forever" {
  retention_in_days = 0
}
