"""Rules about OpenSearch Service."""
