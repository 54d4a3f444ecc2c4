"""Rules about Lambda functions, their permissions and event sources."""
