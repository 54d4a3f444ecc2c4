variable "engine_version" {
  type = string
}

locals {
  versions = {
    mysql    = "8.0"
    postgres = "16"
    mariadb  = "10.11.9"
    newer    = "16.99"
  }
}

resource "aws_db_instance" "partial" {
  identifier                  = "partial"
  engine                      = "mysql"
  engine_version              = local.versions.mysql
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "partial"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "major" {
  identifier                  = "major"
  engine                      = "postgres"
  engine_version              = local.versions.postgres
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "major"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# Newer than all that are known: it may have come since.
resource "aws_db_instance" "newer" {
  identifier                  = "newer"
  engine                      = "postgres"
  engine_version              = local.versions.newer
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "newer"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# A snapshot brings its version along.
resource "aws_db_instance" "restored" {
  identifier          = "restored"
  engine              = "postgres"
  engine_version      = "13.7"
  instance_class      = "db.t4g.micro"
  snapshot_identifier = "orders-2024"
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "chosen" {
  cluster_identifier          = "chosen"
  engine                      = "aurora-mysql"
  engine_version              = var.engine_version
  master_username             = "chosen"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_rds_cluster" "aurora" {
  cluster_identifier          = "aurora"
  engine                      = "aurora-mysql"
  engine_version              = "8.0.mysql_aurora.3.08.0"
  master_username             = "aurora"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
