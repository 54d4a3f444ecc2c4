"""Rules about Secrets Manager's secrets."""
