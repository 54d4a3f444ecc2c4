data "aws_caller_identity" "storage" {}
data "aws_caller_identity" "keys" {}
