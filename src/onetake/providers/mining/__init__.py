"""Packs made by asking a provider: the same for those that are shipped and for those that users build."""
