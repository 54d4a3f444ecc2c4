"""A configuration in Terraform's native syntax for the benchmark: many files, modules called again and again.

What people write by hand costs more to read than what a tool synthesizes: variables with types, locals, ``for_each``,
``dynamic`` blocks, templates, policies from ``jsonencode`` and from data sources, modules that hand values on.
"""

from __future__ import annotations

from pathlib import Path

FILES, RESOURCES, CALLS = 100, 1_000, 20
MODULES, MODULE_FILES = 5, ("main.tf", "variables.tf", "outputs.tf")
SETTINGS = """\
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}
"""
VARIABLES = """\
variable "region" {
  description = "Where everything lives."
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "The region must look like eu-west-1."
  }
}

variable "environment" {
  type    = string
  default = "dev"
}

variable "services" {
  description = "The services of the shop."
  type = map(object({
    port     = number
    cpu      = optional(number, 256)
    memory   = optional(number, 512)
    settings = optional(map(string), {})
  }))
  default = {
    orders   = { port = 8080, settings = { MODE = "fast" } }
    payments = { port = 8081, cpu = 512, memory = 1024 }
    parcels  = { port = 8082 }
  }
}
"""
LOCALS = """\
locals {
  name = "shop-${var.environment}"
  tags = merge({ Project = "shop", ManagedBy = "terraform" }, { Environment = upper(var.environment) })
  zones = [for letter in ["a", "b", "c"] : "${var.region}${letter}"]
  ports = { for name, service in var.services : name => service.port if service.port > 1024 }
}

data "aws_caller_identity" "current" {}
"""
SERVICE = """\
# Service {n}: a queue with a dead letter queue, a function that reads it, and what they need.
resource "aws_sqs_queue" "dead_{n}" {{
  name                      = "${{local.name}}-dead-{n}"
  message_retention_seconds = 1209600
}}

resource "aws_sqs_queue" "jobs_{n}" {{
  name                       = "${{local.name}}-jobs-{n}"
  visibility_timeout_seconds = 6 * 30

  redrive_policy = jsonencode({{
    deadLetterTargetArn = aws_sqs_queue.dead_{n}.arn
    maxReceiveCount     = 5
  }})
}}

data "aws_iam_policy_document" "work_{n}" {{
  statement {{
    sid       = "Queue"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.jobs_{n}.arn]
  }}

  dynamic "statement" {{
    for_each = local.ports
    content {{
      sid       = title(statement.key)
      actions   = ["s3:GetObject"]
      resources = ["${{aws_s3_bucket.files_{n}.arn}}/${{statement.key}}/*"]
    }}
  }}
}}

resource "aws_iam_role" "worker_{n}" {{
  name = "${{local.name}}-worker-{n}"

  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = {{ Service = "lambda.amazonaws.com" }}
    }}]
  }})
}}

resource "aws_iam_role_policy" "worker_{n}" {{
  name   = "work"
  role   = aws_iam_role.worker_{n}.id
  policy = data.aws_iam_policy_document.work_{n}.json
}}

resource "aws_s3_bucket" "files_{n}" {{
  bucket        = format("%s-files-%03d-%s", local.name, {n}, data.aws_caller_identity.current.account_id)
  force_destroy = var.environment != "prod"
}}

resource "aws_lambda_function" "worker_{n}" {{
  function_name = "${{local.name}}-worker-{n}"
  role          = aws_iam_role.worker_{n}.arn
  handler       = "index.handler"
  runtime       = "python3.13"
  timeout       = 30
  filename      = "worker.zip"

  environment {{
    variables = merge({{ BUCKET = aws_s3_bucket.files_{n}.id }}, var.services["orders"].settings)
  }}
}}
"""
"""Six managed resources."""
MODULE = """\
resource "aws_vpc" "this" {
  cidr_block           = var.range
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_subnet" "private" {
  for_each          = { for index, zone in var.zones : zone => index }
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(var.range, 8, each.value)
  availability_zone = each.key
}

resource "aws_security_group" "service" {
  for_each    = var.ports
  name        = "${var.name}-${each.key}"
  description = "Lets the network in to ${each.key}"
  vpc_id      = aws_vpc.this.id

  dynamic "ingress" {
    for_each = toset([each.value, each.value + 1000])
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [for subnet in aws_subnet.private : subnet.cidr_block]
    }
  }
}

resource "aws_cloudwatch_log_group" "service" {
  for_each          = var.ports
  name              = "/shop/${var.name}/${each.key}"
  retention_in_days = lookup({ dev = 7, prod = 365 }, var.environment, 30)
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count               = var.alarms
  alarm_name          = join("-", [var.name, "errors", count.index])
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "Shop"
  period              = 60
  statistic           = "Sum"
  threshold           = pow(2, count.index)
  alarm_description   = <<-TEXT
    More than ${pow(2, count.index)} errors in ${var.name}.
    %{if var.environment == "prod"~}
    Call somebody.
    %{endif~}
  TEXT
}
"""
"""One network, a subnet for each zone, a group and a log group for each port, and ``alarms``."""
MODULE_VARIABLES = """\
variable "name" {
  type = string
}

variable "range" {
  type = string
  validation {
    condition     = can(cidrhost(var.range, 0))
    error_message = "The range must be an address block."
  }
}

variable "zones" {
  type = list(string)
}

variable "ports" {
  type = map(number)
}

variable "environment" {
  type    = string
  default = "dev"
}

variable "alarms" {
  type    = number
  default = 2
}
"""
MODULE_OUTPUTS = """\
output "vpc_id" {
  value = aws_vpc.this.id
}

output "subnet_ids" {
  value = [for subnet in aws_subnet.private : subnet.id]
}
"""
CALL = """\
module "team_{n}" {{
  source      = "./modules/kind_{kind}"
  name        = "${{local.name}}-team-{n}"
  range       = cidrsubnet("10.0.0.0/8", 8, {n})
  zones       = local.zones
  ports       = local.ports
  environment = var.environment
  alarms      = {alarms}
}}

resource "aws_db_subnet_group" "team_{n}" {{
  name       = "${{local.name}}-team-{n}"
  subnet_ids = module.team_{n}.subnet_ids
}}
"""
PER_SERVICE, PER_CALL = 6, 1 + 3 + 3 + 3 + 1
"""Managed resources of a service, and of a team without its alarms."""


def write_configuration(folder: Path, resources: int = RESOURCES) -> Path:
    """Write a configuration of so many managed resources in a hundred files, twenty of whose blocks call modules.

    Fewer than a thousand resources keep the twenty calls and have fewer services.
    """
    services, spare = divmod(resources - CALLS * PER_CALL, PER_SERVICE)
    if services < 1:
        raise ValueError(f"{CALLS} module calls alone make more than {resources} resources")
    folder.mkdir(parents=True)
    (folder / "settings.tf").write_text(SETTINGS)
    (folder / "variables.tf").write_text(VARIABLES)
    (folder / "locals.tf").write_text(LOCALS)
    for kind in range(MODULES):
        module = folder / "modules" / f"kind_{kind}"
        module.mkdir(parents=True)
        for name, text in zip(MODULE_FILES, (MODULE, MODULE_VARIABLES, MODULE_OUTPUTS), strict=True):
            (module / name).write_text(text)
    calls = "\n".join(CALL.format(n=n, kind=n % MODULES, alarms=spare if n == 0 else 0) for n in range(CALLS))
    (folder / "teams.tf").write_text(calls)
    count = FILES - 4 - MODULES * len(MODULE_FILES)
    for number in range(count):
        mine = range(number, services, count)
        (folder / f"services_{number:03}.tf").write_text("\n".join(SERVICE.format(n=n) for n in mine))
    return folder
