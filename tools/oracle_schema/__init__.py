"""The schema pass compared with Terraform and the real provider, on generated configurations."""
