"""Build the dated tables: ``python -m tools.catalogues [NAME...]``; without names, every table whose inputs are here.

Prints what each holds. Ends with 1 when a table holds over 2 % less than ``tools/packs/counts.json`` says, and leaves
the old one in place; ``--accept`` writes the new counts, which belong into the same commit as the change of the lock.
"""

from __future__ import annotations

import argparse
import sys

from tools.catalogues import tables
from tools.catalogues.builders import BUILDERS
from tools.packs import coverage
from tools.packs.inputs import MissingInput


def main() -> int:
    """Build what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.catalogues", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BUILDERS)}")
    parser.add_argument("--accept", action="store_true", help="write the counts that were found")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when a table would change")
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(BUILDERS))
    if unknown:
        parser.error(f"there is no table called {', '.join(unknown)}")
    return max((_build(name, asked) for name in asked.names or BUILDERS), default=0)


def _build(name: str, asked: argparse.Namespace) -> int:
    try:
        draft = BUILDERS[name]()
    except MissingInput as missing:
        print(f"{name}: not built: {missing}", file=sys.stderr)
        return int(name in asked.names)
    shrunk = coverage.compare(f"table {name}", draft.counts, accept=asked.accept)
    same = tables.write(name, draft, check=asked.check or shrunk)
    return int(shrunk or (asked.check and not same))


if __name__ == "__main__":
    sys.exit(main())
