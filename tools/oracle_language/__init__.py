"""Comparison of the language frontends with the real tools, where those are installed."""
