"""Rules about EventBridge."""
