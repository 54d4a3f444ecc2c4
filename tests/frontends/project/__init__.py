"""What surrounds programs."""
