resource "aws_db_instance" "orders" {
  identifier     = "orders-test"
  instance_class = "db.r6g.large"
}
