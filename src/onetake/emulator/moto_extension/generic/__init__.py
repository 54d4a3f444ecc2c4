"""Answers from botocore's service models alone, with state: accepted and remembered, not judged."""
