"""Functions that platforms deploy: what is in these modules runs at AWS, and imports nothing of onetake."""
