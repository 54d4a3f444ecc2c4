"""Rules about CloudTrail trails."""
