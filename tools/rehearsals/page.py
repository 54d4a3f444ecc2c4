"""The page ``docs/rehearsals.md``: what became of each platform in each environment, from what was recorded."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onetake.emulator.results import Step

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "tests" / "platforms" / "rehearsals.json"
PAGE = ROOT / "docs" / "rehearsals.md"
STEPS = [one.value for one in Step if one is not Step.PROBES]
HEAD = """# Rehearsals of the platforms

*Written by `make rehearse-all` from what it recorded in `tests/platforms/rehearsals.json`; do not edit.*

Each platform, with the settings that a new project begins with, deployed in strict mode by the real Terraform and AWS
provider to the [emulator](emulator.md): applied, planned a second time, destroyed. *Not rehearsed* is what the emulator
cannot carry out; it says nothing about AWS. Destroying prod has to be refused (`prevent_destroy`); everywhere else
nothing may be left in the account. `onetake platform rehearse NAME --environment ENVIRONMENT` repeats a line.
"""
SECONDS = """
Seconds by the clock, on a machine with two cores, which in most lines had other work beside. Most of them are waits
inside the AWS provider, which no answer of the emulator shortens: 55 for the lifecycle rules of a bucket, 25 for a
queue and for each of its policies, 60 for a load balancer, 30 for a database cluster and for each of its instances,
and up to 60, chosen by chance, before a cluster of EKS is deleted. They are waited side by side as far as resources
do not depend on each other.
"""


def recorded() -> dict[str, Any]:
    """What was recorded, by variant."""
    found: dict[str, Any] = json.loads(RECORD.read_bytes()) if RECORD.exists() else {}
    return found


def text(record: Mapping[str, Any]) -> str:
    """The page."""
    head = (
        "platform",
        "environment",
        "verdict",
        "created",
        "not rehearsed",
        "second plan",
        "destroy",
        *(f"{step}, s" for step in STEPS),
    )
    lines = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    lines += ["| " + " | ".join(_row(variant, told)) + " |" for variant, told in record.items()]
    tools = {f"{one['engine']}, {one['provider']}, moto {one['moto']}, {one['date']}" for one in record.values()}
    with_ = "\n".join(["Rehearsed with:", "", *(f"- {one}" for one in sorted(tools))]) + "\n"
    return "\n".join([HEAD, "\n".join(lines), SECONDS, with_, *_details(record)])


def _row(variant: str, told: Mapping[str, Any]) -> Iterator[str]:
    platform, _, environment = variant.rpartition("-")
    yield f"[{platform}](platforms/{platform}.md)"
    yield environment
    yield told["outcome"]
    yield str(sum(told["fates"].get(one, 0) for one in ("created", "changes again", "not destroyed")))
    yield str(len(told["not rehearsed"]))
    changes = len(told["changes again"])
    yield "-" if "second plan" not in told["steps"] else f"changes {changes}" if changes else "empty"
    yield _destroy(told)
    yield from (str(told["steps"].get(step, "")) for step in STEPS)


def _destroy(told: Mapping[str, Any]) -> str:
    if told["protected"]:
        return "refused, as it should be"
    if told["left"] is None:
        return "-"
    return f"leaves {len(told['left'])}" if told["left"] else "leaves nothing"


def _details(record: Mapping[str, Any]) -> Iterator[str]:
    for variant, told in record.items():
        lines = [
            *(f"- `{name}` was not rehearsed: {gap}" for name, gap in told["not rehearsed"].items()),
            *(f"- `{name}` was refused: {' '.join(words.split())}" for name, words in told["refused"].items()),
            *(f"- `{name}` changes again: {', '.join(what)}" for name, what in told["changes again"].items()),
            *(f"- left behind: {one}" for one in told["left"] or ()),
        ]
        if lines:
            yield f"## {variant}\n\n" + "\n".join(lines) + "\n"


def stale() -> bool:
    """Whether the page is not what the record makes of it."""
    return PAGE.read_text(encoding="utf-8") != text(recorded())


def main() -> int:
    """Write the page from the record."""
    PAGE.write_text(text(recorded()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
