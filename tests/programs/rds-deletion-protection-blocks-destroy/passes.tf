resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders-prod"
  engine                      = "aurora-postgresql"
  master_username             = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = true
}
