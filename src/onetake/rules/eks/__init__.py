"""Rules about Amazon EKS."""
