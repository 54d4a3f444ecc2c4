resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders-prod"
  engine                      = "aurora-postgresql"
  master_username             = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = true
}

variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "legacy" {
  identifier     = "legacy"
  instance_class = "db.t4g.medium"
  password       = var.password
}
