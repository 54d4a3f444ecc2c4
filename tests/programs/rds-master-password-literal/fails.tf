resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders-prod"
  engine                      = "aurora-postgresql"
  master_username             = "orders"
  master_password             = "correct-horse-battery"
  skip_final_snapshot         = true
  deletion_protection         = true
}
