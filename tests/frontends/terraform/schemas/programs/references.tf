terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

resource "aws_s3_bucket" "a" {}
resource "aws_subnet" "s" {
  vpc_id = "vpc-1"
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
}
resource "aws_instance" "c" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  count         = 2
}
resource "aws_security_group" "g" {}
resource "aws_eks_cluster" "e" {
  name     = "x"
  role_arn = "arn:aws:iam::123456789012:role/x"
  vpc_config {
    subnet_ids = ["a"]
  }
}
data "aws_region" "r" {}
resource "aws_lb" "l" {
  subnets = ["subnet-1"]
}

output "o1" { value = aws_s3_bucket.a.domain }
output "o2" { value = aws_s3_bucket.a.arns }
output "o3" { value = aws_instance.i.root_block_device[0].volum }
output "o4" { value = aws_instance.i.root_block_device.volume_size }
output "o5" { value = aws_subnet.s.id.x }
output "o7" { value = aws_s3_bucket.a.tags.x }
output "o9" { value = aws_instance.c[0].volum }
output "o12" { value = aws_security_group.g.ingress[0].x }
output "o13" { value = aws_eks_cluster.e.certificate_authority.0.dat }
output "o14" { value = aws_eks_cluster.e.certificate_authority.data }
output "o15" { value = aws_eks_cluster.e.identity[0].oidc.issuer }
output "o16" { value = aws_eks_cluster.e.identity[0].oidc[0].issue }
output "o17" { value = aws_eks_cluster.e.vpc_config[0].x }
output "o19" { value = aws_instance.i.tags["a"].b }
output "o20" { value = try(aws_instance.i.nix, 1) }
output "o21" { value = data.aws_region.r.nix }
output "o25" { value = aws_security_group.g.ingress[*].from_port }
output "o26" { value = aws_security_group.g.ingress.x }
output "o27" { value = aws_eks_cluster.e.vpc_config.0.subnet_ids.x }
output "o28" { value = can(aws_instance.i.nix) }
output "o29" { value = aws_eks_cluster.e.vpc_config.vpc_id }
output "o30" { value = aws_instance.i.timeouts.create }
output "o31" { value = aws_instance.i.ebs_block_device[0] }
output "o32" { value = aws_instance.i.ebs_block_device.device_name }
output "o33" { value = aws_lb.l.access_logs.x }
output "o34" { value = aws_instance.i.ipv6_addresses.x }
output "o35" { value = aws_instance.i.ipv6_addresses[0].x }
output "o36" { value = aws_instance.i.tags["a"] }
output "o37" { value = aws_instance.i.arn[0] }
