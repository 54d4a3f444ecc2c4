"""What CDKTF and cdktn synthesize: a ``cdktf.out`` folder with its stacks, or a stack's file alone."""

from __future__ import annotations

import json
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, confined, read_text, shown
from onetake.model.stacks import Stack
from onetake.model.values import Span

STACK_FILE = "cdk.tf.json"


def read(folder: Path, options: Options) -> list[Stack]:
    """The stacks of an assembly, in the order of its manifest; or the one of a ``cdk.tf.json``.

    Raises:
        Unreadable: the manifest or a stack that it names cannot be read.
    """
    from onetake.frontends.terraform.reader import read_stack

    if not confined(folder, options).is_dir():
        return [read_stack(folder, options)]
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return [read_stack(folder / STACK_FILE if (folder / STACK_FILE).is_file() else folder, options)]
    return [read_stack(path, options) for path in _listed(manifest, options)]


def _listed(manifest: Path, options: Options) -> list[Path]:
    place = Span(shown(manifest, options))
    remedy = "synthesize the program again"
    try:
        data = json.loads(read_text(manifest, options))
    except (ValueError, RecursionError) as error:
        raise Unreadable(place, f"{place.file} is not JSON: {error}", remedy) from error
    stacks = data.get("stacks") if isinstance(data, dict) else None
    if not isinstance(stacks, dict):
        raise Unreadable(place, f"{place.file} names no stacks", remedy)
    found: list[Path] = []
    for name, entry in stacks.items():
        path = entry.get("synthesizedStackPath") if isinstance(entry, dict) else None
        if not isinstance(path, str):
            raise Unreadable(place / "stacks" / name, f"the manifest does not say where stack {name} lies", remedy)
        found.append(manifest.parent / path)
    return found
