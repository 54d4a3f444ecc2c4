"""How much each pack holds, and whether it became less."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

COUNTS = Path(__file__).resolve().parent / "counts.json"
TOLERANCE = 0.02
_VERSION = re.compile(r"-(\d+)\.(\d+)\.(\d+)$")


def expected() -> dict[str, dict[str, int]]:
    """The counts that every pack had when it was last accepted."""
    found: dict[str, dict[str, int]] = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.is_file() else {}
    return found


def shrunk(before: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """The kinds of facts of which there are over 2 % less."""
    return [kind for kind, count in before.items() if now.get(kind, 0) < count * (1 - TOLERANCE)]


def _older(name: str, known: Mapping[str, dict[str, int]]) -> dict[str, int]:
    """The counts of the same pack for another version: the one before, if it is of the same major version."""
    alike = [other for other in known if _unversioned(other) == _unversioned(name)]
    same = [other for other in alike if _major(other) == _major(name)]
    return known[max(same or alike, key=_version)] if alike else {}


def _unversioned(name: str) -> str:
    return _VERSION.sub("", name)


def _version(name: str) -> tuple[int, ...]:
    found = _VERSION.search(name)
    return tuple(map(int, found.groups())) if found else ()


def _major(name: str) -> tuple[int, ...]:
    return _version(name)[:1]


def compare(name: str, now: Mapping[str, int], *, accept: bool) -> bool:
    """Print the counts of a pack beside the accepted ones; whether it shrank and that is not accepted."""
    known = expected()
    before = known.get(name) or _older(name, known)
    for kind, count in sorted(now.items()):
        was = before.get(kind)
        change = "new" if was is None else "" if was == count else f"was {was:,}"
        print(f"  {kind:32} {count:10,}  {change}".rstrip())
    less = shrunk(before, now)
    if accept or not before:
        for old in known.keys() - {name} if accept else ():
            if _unversioned(old) == _unversioned(name) and _major(old) == _major(name):
                del known[old]
        known[name] = dict(sorted(now.items()))
        COUNTS.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n", encoding="utf-8")
        return False
    for kind in less:
        print(f"  {kind} shrank by more than {TOLERANCE:.0%}: not written; --accept if that is right")
    return bool(less)
