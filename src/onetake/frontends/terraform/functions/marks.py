"""Functions about sensitive and ephemeral values; plain data is neither."""

from __future__ import annotations


def sensitive(value: object) -> object:
    """``sensitive``: the value itself."""
    return value


def nonsensitive(value: object) -> object:
    """``nonsensitive``: the value itself."""
    return value


def issensitive(value: object) -> bool:
    """``issensitive``: the evaluator, which knows what is sensitive, answers before asking here."""
    del value
    return False


def ephemeralasnull(value: object) -> object:
    """``ephemeralasnull``: the value itself."""
    return value
