"""Rules about Auto Scaling groups."""
