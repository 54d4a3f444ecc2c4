"""Rules about SNS topics and subscriptions."""
