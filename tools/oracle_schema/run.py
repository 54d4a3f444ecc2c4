"""``make oracle-schema``: generated configurations through Terraform with the real provider and through ours.

Writes every case with both answers to ``cases.jsonl`` in the folder; with ``--record`` also the summary and the sample
in ``tests/frontends/terraform/schemas``, which the accuracy page and the tests read. Says why it cannot.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

from onetake.knowledge.terraform import provider_schema
from onetake.providers.binaries import find
from tools.oracle_schema.asking import Said, ours, terraform, without_hints
from tools.oracle_schema.generating import Case, Generator

VERSION = "5.100.0"
RECORDS = Path(__file__).resolve().parents[2] / "tests" / "frontends" / "terraform" / "schemas"
SAMPLE = 240
"""How many cases are recorded, one after the other of each kind of mistake."""
Answers = Mapping[str, set[Said]]


def summary(cases: Sequence[Case], theirs: Answers, found: Answers, refused: Container[str]) -> dict[str, Any]:
    """The counts of a comparison; ``refused`` are the cases that Terraform refuses, for whatever reason."""
    mistakes: dict[str, Counter[str]] = {}
    for case in cases:
        said, we = theirs[case.name], found[case.name]
        counts = mistakes.setdefault(case.mistake or "none", Counter())
        counts["cases"] += 1
        counts["errors"] += len(said)
        counts["found"] += len(said & we)
        counts["false"] += len(we - said)
        counts["false verdicts"] += bool(we) and case.name not in refused
        counts["missed verdicts"] += bool(said) and not we
    total: Counter[str] = sum(mistakes.values(), Counter())
    return {
        "provider": VERSION,
        "types": len({(case.kind, case.type) for case in cases if case.mistake != "unknown type"}),
        "total": {name: total[name] for name in _COUNTS},
        "mistakes": {name: {one: counts[one] for one in _COUNTS} for name, counts in sorted(mistakes.items())},
    }


_COUNTS = ("cases", "errors", "found", "false", "false verdicts", "missed verdicts")


def sample(cases: Sequence[Case], theirs: Answers, found: Answers) -> list[dict[str, Any]]:
    """Short cases on which both agree, with Terraform's answer, as many of each mistake as there are."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        if len(case.text) < 1200 and theirs[case.name] == found[case.name]:
            groups.setdefault(case.mistake, []).append(case)
    chosen = [one for group in groups.values() for one in group[: SAMPLE // len(groups)]]
    return [
        {
            "name": case.name,
            "kind": case.kind,
            "type": case.type,
            "mistake": case.mistake,
            "json": case.json,
            "text": case.text,
            "said": sorted(theirs[case.name]),
        }
        for case in sorted(chosen, key=lambda one: one.name)
    ]


def main() -> int:
    """Compare; 1 when there are false alarms, or more than two in a hundred errors are missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.oracle_schema.run", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", action="store_true", help="rewrite the summary and the sample")
    given = parser.parse_args()
    if find("hashicorp/aws", VERSION) is None:
        print(f"the AWS provider {VERSION} is not on this machine: nothing to compare with", file=sys.stderr)
        return 0
    cases = list(Generator(provider_schema(VERSION), given.seed).cases(given.cases))
    said, refused = terraform(cases, given.folder / "terraform", VERSION)
    theirs = without_hints(said)
    found = without_hints(ours(cases, given.folder / "onetake", VERSION))
    counts = summary(cases, theirs, found, refused)
    answers = ((case, {"terraform": sorted(theirs[case.name]), "onetake": sorted(found[case.name])}) for case in cases)
    lines = [{"name": case.name, "mistake": case.mistake, "text": case.text, **both} for case, both in answers]
    (given.folder / "cases.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    if given.record:
        counts["seed"] = given.seed
        (RECORDS / "summary.json").write_text(json.dumps(counts, indent=1) + "\n")
        recorded = sample(cases, theirs, found)
        (RECORDS / "recorded.jsonl").write_text("".join(json.dumps(one) + "\n" for one in recorded))
    print(json.dumps(counts["total"]))
    total = counts["total"]
    return int(bool(total["false verdicts"]) or total["found"] < 0.98 * total["errors"])


if __name__ == "__main__":
    sys.exit(main())
