terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_sns_topic" "t" {}
resource "aws_sqs_queue" "q" {
  name = aws_sns_topic.t.idd
}
resource "aws_sqs_queue" "p" {
  name = "x-${aws_sns_topic.t.zzzzzzzzzzz}"
}
data "aws_region" "x" {}
resource "aws_subnet" "s" {
  for_each = toset(["a"])
  vpc_id   = aws_sns_topic.t.arn
}
locals {
  wrong = [data.aws_region.x.nme]
  right = [data.aws_region.x.name, aws_subnet.s["a"].arn, aws_sns_topic.t.id]
}
output "local" { value = local.wrong }
output "index" { value = aws_subnet.s["a"].foo }
output "block" { value = aws_sns_topic.t.tags_all }
