"""Build the dated tables: ``python -m tools.catalogues [NAME...]``; without names, every table whose inputs are here.

Prints what each holds. Ends with 1 when a table holds over 2 % less than ``tools/packs/counts.json`` says, and leaves
the old one in place; ``--accept`` writes the new counts, which belong into the same commit as the change of the lock.
"""

from __future__ import annotations

import argparse
import sys

from tools.catalogues import tables
from tools.catalogues.builders import BUILDERS
from tools.catalogues.tables import Draft
from tools.packs import coverage
from tools.packs.commands import run


def main() -> int:
    """Build what is asked for."""
    return run("python -m tools.catalogues", __doc__, BUILDERS, "table", _finish)


def _finish(name: str, draft: Draft, asked: argparse.Namespace) -> int:
    shrunk = coverage.compare(f"table {name}", draft.counts, accept=asked.accept)
    same = tables.write(name, draft, check=asked.check or shrunk)
    return int(shrunk or (asked.check and not same))


if __name__ == "__main__":
    sys.exit(main())
