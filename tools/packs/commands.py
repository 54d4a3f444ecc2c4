"""The command line of what is built from the pinned inputs: packs and tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TypeVar

from tools.packs.inputs import MissingInput

Drafted = TypeVar("Drafted")


def run(
    program: str,
    about: str,
    builders: Mapping[str, Callable[[], Drafted]],
    what: str,
    finish: Callable[[str, Drafted, argparse.Namespace], int],
) -> int:
    """Build what the command line asks for, or all; the worst of the exit codes.

    ``program`` and ``about`` say what it is; ``what`` is one of the things that are built; ``finish`` gets the name,
    what its builder drafted, and the options ``accept`` and ``check``.
    """
    parser = argparse.ArgumentParser(prog=program, description=about)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(builders)}")
    parser.add_argument("--accept", action="store_true", help="write the counts that were found to counts.json")
    parser.add_argument("--check", action="store_true", help=f"write nothing; 1 when a {what} would change")
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(builders))
    if unknown:
        parser.error(f"there is no {what} called {', '.join(unknown)}")
    return max((_built(name, builders[name], asked, finish) for name in asked.names or builders), default=0)


def _built(
    name: str,
    builder: Callable[[], Drafted],
    asked: argparse.Namespace,
    finish: Callable[[str, Drafted, argparse.Namespace], int],
) -> int:
    try:
        draft = builder()
    except MissingInput as missing:
        print(f"{name}: not built: {missing}", file=sys.stderr)
        return int(name in asked.names)
    return finish(name, draft, asked)
