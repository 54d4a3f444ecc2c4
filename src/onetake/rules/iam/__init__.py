"""Rules about IAM."""
