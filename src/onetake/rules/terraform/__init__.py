"""Rules about Terraform itself: backends, providers, settings."""
