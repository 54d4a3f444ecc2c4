"""onetake: predicts the failures of AWS deployments, offline."""

__version__ = "0.1.0"
