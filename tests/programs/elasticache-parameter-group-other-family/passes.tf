variable "family" {
  type = string
}

resource "aws_elasticache_parameter_group" "sessions" {
  name   = "sessions"
  family = "redis7"
}

resource "aws_elasticache_parameter_group" "chosen" {
  name   = "chosen"
  family = var.family
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  parameter_group_name = aws_elasticache_parameter_group.sessions.name
}

resource "aws_elasticache_replication_group" "newest" {
  replication_group_id = "newest"
  description          = "newest"
  engine               = "redis"
  node_type            = "cache.t4g.micro"
  parameter_group_name = "default.redis7"
}

resource "aws_elasticache_replication_group" "chosen" {
  replication_group_id = "chosen"
  description          = "chosen"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.t4g.micro"
  parameter_group_name = aws_elasticache_parameter_group.chosen.name
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id           = "pages"
  engine               = "memcached"
  engine_version       = "1.6.22"
  node_type            = "cache.t4g.micro"
  num_cache_nodes      = 2
  parameter_group_name = "default.memcached1.6"
}
