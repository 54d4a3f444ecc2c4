"""Build the packs: ``python -m tools.packs [NAME...]``; without names, every pack whose inputs are on this machine.

Prints what each pack holds. Ends with 1 when a pack holds over 2 % less than ``counts.json`` says, and leaves the old
one in place; ``--accept`` writes the new counts, which belong into the same commit as the change of the lock file.
"""

from __future__ import annotations

import argparse
import sys

from onetake.knowledge.packing import packed
from onetake.knowledge.shelf import SHIPPED, SUFFIX
from onetake.providers.mining.schemas import Draft
from tools.packs import coverage
from tools.packs.builders import BUILDERS
from tools.packs.commands import run


def main() -> int:
    """Build what is asked for."""
    return run("python -m tools.packs", __doc__, BUILDERS, "pack", _finish)


def _finish(name: str, draft: Draft, asked: argparse.Namespace) -> int:
    meta, frames = draft
    content = packed({"name": name, **meta}, frames)
    path = SHIPPED / f"{name}{SUFFIX}"
    same = path.is_file() and path.read_bytes() == content
    print(f"{name}: {len(content):,} bytes, {len(frames):,} frames{', unchanged' if same else ''}")
    shrunk = coverage.compare(name, meta["counts"], accept=asked.accept)
    if asked.check:
        return int(shrunk or not same)
    if not shrunk and not same:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return int(shrunk)


if __name__ == "__main__":
    sys.exit(main())
