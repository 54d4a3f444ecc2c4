"""The Terraform frontend."""
