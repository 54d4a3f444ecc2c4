"""The six questions that most deployment failures come down to, one module each."""
