variable "subnets" {
  type = list(string)
}

resource "aws_efs_file_system" "data" {}
resource "aws_efs_file_system" "logs" {}

resource "aws_efs_mount_target" "data" {
  file_system_id = aws_efs_file_system.data.id
  subnet_id      = var.subnets[0]
}

resource "aws_efs_mount_target" "more" {
  file_system_id = aws_efs_file_system.data.id
  subnet_id      = var.subnets[1]
}

resource "aws_efs_mount_target" "logs" {
  file_system_id = aws_efs_file_system.logs.id
  subnet_id      = var.subnets[0]
}
