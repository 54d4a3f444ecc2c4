"""Renderers: one per format."""
