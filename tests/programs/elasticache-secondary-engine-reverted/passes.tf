terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "second"
  region = "us-west-2"
}

resource "aws_elasticache_replication_group" "first" {
  replication_group_id       = "orders"
  description                = "Orders, written here"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = "cache.r7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

resource "aws_elasticache_global_replication_group" "both" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.first.id
}

resource "aws_elasticache_replication_group" "second" {
  provider = aws.second

  replication_group_id        = "orders-second"
  description                 = "Orders, read here"
  global_replication_group_id = aws_elasticache_global_replication_group.both.global_replication_group_id
  num_cache_clusters          = 1

  lifecycle {
    ignore_changes = [engine, num_cache_clusters]
  }
}
