"""Builders of the knowledge packs: ``python -m tools.packs``."""
