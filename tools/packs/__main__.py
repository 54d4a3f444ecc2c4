"""Build the packs: ``python -m tools.packs [NAME...]``; without names, every pack whose inputs are on this machine.

Prints what each pack holds. Ends with 1 when a pack holds over 2 % less than ``counts.json`` says, and leaves the old
one in place; ``--accept`` writes the new counts, which belong into the same commit as the change of the lock file.
"""

from __future__ import annotations

import argparse
import sys

from onetake.knowledge.packing import packed
from onetake.knowledge.shelf import SHIPPED, SUFFIX
from tools.packs import coverage
from tools.packs.builders import BUILDERS
from tools.packs.inputs import MissingInput


def main() -> int:
    """Build what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.packs", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BUILDERS)}")
    parser.add_argument("--accept", action="store_true", help="write the counts that were found to counts.json")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when a pack would change")
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(BUILDERS))
    if unknown:
        parser.error(f"there is no builder called {', '.join(unknown)}")
    return max((_build(name, asked) for name in asked.names or BUILDERS), default=0)


def _build(name: str, asked: argparse.Namespace) -> int:
    try:
        meta, frames = BUILDERS[name]()
    except MissingInput as missing:
        print(f"{name}: not built: {missing}", file=sys.stderr)
        return int(name in asked.names)
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
