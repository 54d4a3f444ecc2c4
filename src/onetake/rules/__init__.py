"""Rules: a folder per service, a file per rule."""
