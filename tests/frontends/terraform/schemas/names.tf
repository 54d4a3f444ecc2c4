terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_s3_bucket" "a" {
  bukcet = "x"
  zzzzzz = 1
  versioning_thing {}
  tags { a = 1 }
  force_destroy       = "maybe"
  lifecycle_rule      = [1]
  object_lock_enabled = [true]
}
resource "aws_sqs_queue" "q" {
  delay_seconds    = "abc"
  max_message_size = {}
  tags             = ["a"]
  policy {}
}
resource "aws_lambda_function" "l" {
  function_name = ["a"]
  handler       = 1
  publish       = 1
  layers        = {}
  vpc_config {
    subnet_ids = "x"
  }
  environment {}
  environment {}
  tracing_config {}
  dynamic "image_config" {
    for_each = [1]
    content {
      foo = 1
    }
  }
  dynamic "foo" {
    for_each = []
    content {}
  }
}
resource "aws_s3_buckt" "b" {}
resource "aws_nothing_like" "b" {}
data "aws_amii" "x" {}
data "aws_ami" "y" {
  filter { name = "x" }
}
data "aws_sqs_queues" "z" {
  queue_name_prefix = "a"
}
resource "aws_security_group" "s" {
  ingress = [{ from_port = 1, to_port = 2 }]
  ingress2 {}
  egress {
    from_prt = 1
    to_port  = "x"
  }
}
resource "aws_security_group" "t" {
  egress = [{ from_port = 1, to_port = 2, protocol = "tcp", cidr_blocks = [], ipv6_cidr_blocks = [], prefix_list_ids = [], security_groups = "x", self = false, description = "" }]
  timeouts {
    create = 5
    foo    = "x"
  }
}
resource "aws_ecs_service" "e" {
  name = "x"
  network_configuration { subnets = ["a"] }
  network_configuration { subnets = ["a"] }
  load_balancer { container_name = null }
}
resource "aws_cognito_managed_user_pool_client" "f" {
  name_prefix = "x"
  client_id   = "z"
}
resource "aws_verifiedpermissions_policy" "v" {
  policy_store_id = "x"
  definition {
    static { statment = "x" }
  }
}
resource "aws_bedrockagent_agent" "v" {
  prompt_override_configuration = [{ lambda = "x", override = [{}] }]
}
resource "aws_instance" "i" {
  ebs_block_device            = []
  network_interface           = {}
  user_data                   = true
  user_data_replace_on_change = "yes"
  vpc_security_group_ids      = [1, "a", true]
}
resource "aws_codebuild_project" "c" {
  name         = "x"
  service_role = "x"
}
