"""Builders of the dated tables in ``src/onetake/knowledge/data``: ``python -m tools.catalogues``."""
