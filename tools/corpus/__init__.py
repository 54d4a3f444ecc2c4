"""Measuring the engine on programs that people deploy: what it says of them, and what moved since."""
