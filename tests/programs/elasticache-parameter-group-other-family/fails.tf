resource "aws_elasticache_parameter_group" "sessions" {
  name   = "sessions"
  family = "redis6.x"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.micro"
  parameter_group_name = aws_elasticache_parameter_group.sessions.name
}

resource "aws_elasticache_replication_group" "valkey" {
  replication_group_id = "valkey"
  description          = "valkey"
  engine               = "valkey"
  engine_version       = "8.0"
  node_type            = "cache.t4g.micro"
  parameter_group_name = "default.redis7.cluster.on"
}
