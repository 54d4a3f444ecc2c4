resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "mysql5.7"
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  engine_version              = "8.0"
  parameter_group_name        = aws_db_parameter_group.orders.name
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "invoices" {
  identifier                  = "invoices"
  engine                      = "postgres"
  engine_version              = "16.9"
  parameter_group_name        = "default.postgres15"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "invoices"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
