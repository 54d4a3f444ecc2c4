variable "family" {
  type = string
}

resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "mysql8.0"
}

resource "aws_db_parameter_group" "chosen" {
  name   = "chosen"
  family = var.family
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  engine_version              = "8.0.43"
  parameter_group_name        = aws_db_parameter_group.orders.name
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# RDS chooses the version.
resource "aws_db_instance" "newest" {
  identifier                  = "newest"
  engine                      = "mysql"
  parameter_group_name        = aws_db_parameter_group.orders.name
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "newest"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "chosen" {
  identifier                  = "chosen"
  engine                      = "postgres"
  engine_version              = "16"
  parameter_group_name        = aws_db_parameter_group.chosen.name
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "chosen"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "default" {
  identifier                  = "default"
  engine                      = "postgres"
  engine_version              = "16"
  parameter_group_name        = "default.postgres16"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "default"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
