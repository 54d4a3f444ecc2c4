resource "aws_eks_cluster" "apps" {
  name     = "apps"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version  = "1.34"
  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_eks_addon" "proxy" {
  cluster_name  = aws_eks_cluster.apps.name
  addon_name    = "kube-proxy"
  addon_version = "v1.34.1-eksbuild.2"
}

resource "aws_eks_addon" "network" {
  cluster_name = aws_eks_cluster.apps.name
  addon_name   = "vpc-cni"
}
