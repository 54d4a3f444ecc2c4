"""Rules about Step Functions."""
