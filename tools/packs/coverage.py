"""How much each pack holds, and whether it became less."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

COUNTS = Path(__file__).resolve().parent / "counts.json"
TOLERANCE = 0.02


def expected() -> dict[str, dict[str, int]]:
    """The counts that every pack had when it was last accepted."""
    found: dict[str, dict[str, int]] = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.is_file() else {}
    return found


def shrunk(before: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """The kinds of facts of which there are over 2 % less."""
    return [kind for kind, count in before.items() if now.get(kind, 0) < count * (1 - TOLERANCE)]


def compare(name: str, now: Mapping[str, int], *, accept: bool) -> bool:
    """Print the counts of a pack beside the accepted ones; whether it shrank and that is not accepted."""
    known = expected()
    before = known.get(name, {})
    for kind, count in sorted(now.items()):
        was = before.get(kind)
        change = "new" if was is None else "" if was == count else f"was {was:,}"
        print(f"  {kind:32} {count:10,}  {change}".rstrip())
    less = shrunk(before, now)
    if accept or not before:
        known[name] = dict(sorted(now.items()))
        COUNTS.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n", encoding="utf-8")
        return False
    for kind in less:
        print(f"  {kind} shrank by more than {TOLERANCE:.0%}: not written; --accept if that is right")
    return bool(less)
