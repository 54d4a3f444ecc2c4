"""Exact mode: the real AWS provider, where it is on the machine, is asked about every resource."""
