resource "aws_eks_cluster" "apps" {
  name     = "apps"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version  = "1.35"
  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_eks_fargate_profile" "system" {
  cluster_name           = aws_eks_cluster.apps.name
  fargate_profile_name   = "system"
  pod_execution_role_arn = "arn:aws:iam::123456789012:role/pods"
  subnet_ids             = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  selector {
    namespace = "kube-system"
  }
}

resource "aws_eks_addon" "dns" {
  cluster_name         = aws_eks_cluster.apps.name
  addon_name           = "coredns"
  depends_on           = [aws_eks_fargate_profile.system]
}
