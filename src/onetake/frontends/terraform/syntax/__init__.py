"""The syntax of Terraform's language: text to trees with places, and nothing about meaning."""
