resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  engine_version              = "8.0"
  instance_class              = "db.t2.micro"
  allocated_storage           = 20
  username                    = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# No version of PostgreSQL has it any more.
resource "aws_db_instance" "invoices" {
  identifier                  = "invoices"
  engine                      = "postgres"
  instance_class              = "db.m4.large"
  allocated_storage           = 20
  username                    = "invoices"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "events" {
  cluster_identifier          = "events"
  engine                      = "aurora-postgresql"
  engine_version              = "16.9"
  master_username             = "events"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster_instance" "events" {
  identifier         = "events-1"
  cluster_identifier = aws_rds_cluster.events.id
  engine             = aws_rds_cluster.events.engine
  instance_class     = "db.t3.micro"
}
