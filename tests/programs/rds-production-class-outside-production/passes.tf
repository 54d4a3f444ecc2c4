resource "aws_db_instance" "orders" {
  identifier     = "orders-prod"
  instance_class = "db.r6g.large"
}
