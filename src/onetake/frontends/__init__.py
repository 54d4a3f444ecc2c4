"""Readers: each turns one kind of program into stacks, and decides what is certain."""
