"""Options that are given as ``NAME=VALUE``."""

from __future__ import annotations

import click


def pairs(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """What options like ``--var NAME=VALUE`` give, by name."""
    for text in given:
        if "=" not in text or text.startswith("="):
            raise click.BadParameter(f'"{text}" is not NAME=VALUE')
    return dict(text.split("=", 1) for text in given)
