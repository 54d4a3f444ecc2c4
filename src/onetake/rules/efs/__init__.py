"""Rules about Amazon EFS."""
