"""A platform, synthesized to a folder, and what there is in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.platforms.catalogue import Entry


def synthesize(entry: Entry, folder: Path, settings: Mapping[str, Any]) -> Path:
    """Synthesize one copy of a platform.

    Args:
        entry: the platform.
        folder: where to; stacks are written below it.
        settings: what its class is given.

    Returns:
        The folder of its stack, on which Terraform can be run.

    Raises:
        Refused: a setting is missing or wrong.
        MissingExtra: the packages of ``onetake[platforms]`` are not installed.
    """
    cls: Any = entry.load()
    from onetake.platforms.stack import App

    app = App(outdir=str(folder))
    stack = cls(app, **settings)
    app.synth()
    return folder / "stacks" / str(stack.node.id)


def contents(stack: Path) -> dict[str, Counter[str]]:
    """How many resources of each type a synthesized stack has, by the module that they belong to."""
    document = json.loads((stack / "cdk.tf.json").read_text(encoding="utf-8"))
    found: dict[str, Counter[str]] = {}
    for kind, named in document["resource"].items():
        for arguments in named.values():
            way = arguments["//"]["metadata"]["path"].split("/")
            found.setdefault(way[1] if len(way) > 2 else "stack", Counter())[kind] += 1
    return dict(sorted(found.items()))
