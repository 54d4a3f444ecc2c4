variable "engine_version" {
  type = string
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  engine_version              = "8.0"
  instance_class              = "db.t3.micro"
  allocated_storage           = 20
  username                    = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_instance" "chosen" {
  identifier                  = "chosen"
  engine                      = "mysql"
  engine_version              = var.engine_version
  instance_class              = "db.m4.large"
  allocated_storage           = 20
  username                    = "chosen"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

# It may have come since.
resource "aws_db_instance" "newer" {
  identifier                  = "newer"
  engine                      = "postgres"
  engine_version              = "16"
  instance_class              = "db.r99g.large"
  allocated_storage           = 20
  username                    = "newer"
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
  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "burstable" {
  identifier         = "events-1"
  cluster_identifier = aws_rds_cluster.events.id
  engine             = aws_rds_cluster.events.engine
  instance_class     = "db.t3.medium"
}

resource "aws_rds_cluster_instance" "serverless" {
  identifier         = "events-2"
  cluster_identifier = aws_rds_cluster.events.id
  engine             = aws_rds_cluster.events.engine
  instance_class     = "db.serverless"
}

resource "aws_rds_cluster_instance" "memory" {
  identifier         = "events-3"
  cluster_identifier = aws_rds_cluster.events.id
  engine             = aws_rds_cluster.events.engine
  instance_class     = "db.r6g.large"
}
