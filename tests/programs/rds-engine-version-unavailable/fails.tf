# Withdrawn: PostgreSQL 13.7 ran, new databases of it are refused.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  engine_version              = "13.7"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# Never offered: RDS began with 15.2.
resource "aws_db_instance" "invoices" {
  identifier                  = "invoices"
  engine                      = "postgres"
  engine_version              = "15.1"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "invoices"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "events" {
  cluster_identifier          = "events"
  engine                      = "aurora-postgresql"
  engine_version              = "15.5"
  master_username             = "events"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
