resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16.3"
}

resource "aws_rds_cluster_parameter_group" "events" {
  name   = "events"
  family = "aurora-mysql8.0.mysql_aurora.3.08.0"
}
