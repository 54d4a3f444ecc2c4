variable "family" {
  type = string
}

resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"
}

resource "aws_db_parameter_group" "old" {
  name   = "old"
  family = "postgres9.6"
}

resource "aws_db_parameter_group" "mariadb" {
  name   = "mariadb"
  family = "mariadb10.11"
}

# It may have come since.
resource "aws_db_parameter_group" "newer" {
  name   = "newer"
  family = "postgres19"
}

resource "aws_db_parameter_group" "other" {
  name   = "other"
  family = "oracle-ee-19"
}

resource "aws_rds_cluster_parameter_group" "chosen" {
  name   = "chosen"
  family = var.family
}
