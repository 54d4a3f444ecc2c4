"""Rules about Cognito."""
