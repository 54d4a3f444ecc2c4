"""Terraform and OpenTofu configurations, native and JSON."""
