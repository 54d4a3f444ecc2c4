resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "also_a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_efs_file_system" "data" {}

resource "aws_efs_mount_target" "first" {
  file_system_id = aws_efs_file_system.data.id
  subnet_id      = aws_subnet.a.id
}

resource "aws_efs_mount_target" "second" {
  file_system_id = aws_efs_file_system.data.id
  subnet_id      = aws_subnet.also_a.id
}
