"""A picture of a synthesized platform, drawn from the graph of its resources."""

from onetake.platforms.diagrams.graph import Card, Picture, picture
from onetake.platforms.diagrams.svg import draw

__all__ = ["Card", "Picture", "draw", "picture"]
