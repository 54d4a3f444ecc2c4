"""Rules about what a stack keeps and how it is named."""
