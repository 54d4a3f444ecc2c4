"""Rules about CodeCommit."""
