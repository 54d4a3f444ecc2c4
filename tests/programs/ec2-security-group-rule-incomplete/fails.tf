resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
