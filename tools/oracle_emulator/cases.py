"""``python -m tools.oracle_emulator.cases FOLDER``: the founding cases and pairs in Terraform, rehearsed for real.

The failing variant of each has to fail at the resource that the expected rule names (``tests/cases.toml``), or at the
step before it; its passing twin must not be refused. ``--only TEXT`` takes the cases whose name has it. Cases that no
deployment shows (cost, style, documents) are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onetake.api import check
from onetake.emulator import Fate, Outcome, Rehearsal, Unavailable, rehearse
from onetake.model.findings import Stage

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests" / "cases.toml"
SHARED = ROOT.parent / "shared"
DEPLOYED = frozenset({Stage.INIT, Stage.VALIDATE, Stage.PLAN, Stage.CREATE, Stage.STABILIZE})


def variants(shared: Path) -> Iterator[tuple[str, Path, Path]]:
    """Names, failing and passing programs of the cases that have both in Terraform."""
    for case in sorted([*shared.glob("cases/*"), *shared.glob("pairs/*/terraform")]):
        fails, passes = case / "fail", case / "pass"
        if all(any(folder.glob("*.tf*")) for folder in (fails, passes)):
            yield (case if case.name != "terraform" else case.parent).name, fails, passes


def expected(fails: Path, rules: list[str], options: Mapping[str, Any]) -> str:
    """The resource at which the failing variant stops; empty when no deployment shows the fault for certain."""
    for located in check(fails, root=fails, config=False, **options).findings:
        one = located.finding
        if one.rule in rules and one.stage in DEPLOYED and not one.conditional:
            return one.resource
    return ""


def right(found: Rehearsal, resource: str, rules: list[str]) -> bool:
    """Whether a rehearsal failed where it should."""
    if found.outcome is not Outcome.FAILS:
        return False
    refused = found.of(Fate.REFUSED)
    if any(one.address == resource or one.rule in rules for one in refused):
        return True
    fates = {one.address: one.fate for one in found.resources}
    if fates.get(resource) is Fate.NOT_REACHED and refused and all(one.rule for one in refused):
        # Another certain fault comes first: a cluster out of support before its add-on.
        return True
    # What Terraform refuses before it plans belongs to no resource instance.
    return not refused and found.failed_at is not None


def main() -> int:
    """Rehearse; 1 when one is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.oracle_emulator.cases", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    entries = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    wrong = 0
    for name, fails, passes in variants(SHARED):
        entry = entries.get(name, {})
        rules, options = entry.get("rules", []), entry.get("options", {})
        resource = expected(fails, rules, options)
        if not resource or given.only not in name:
            continue
        told: dict[str, Any] = {"case": name, "resource": resource}
        for variant, program in (("fail", fails), ("pass", passes)):
            logs = given.folder / name / variant
            try:
                found = rehearse(program, root=program, logs=logs, second_plan=False, destroy=False, **options)
            except Unavailable as lacking:
                told[variant] = f"cannot be rehearsed: {lacking.message}"
                continue
            fine = right(found, resource, rules) if variant == "fail" else found.outcome is not Outcome.FAILS
            wrong += not fine
            refused = [f"{one.address}: {one.message[:160]}" for one in found.of(Fate.REFUSED)]
            told[variant] = {"right": fine, "outcome": found.outcome.value, "refused": refused, "gaps": found.gaps}
        print(json.dumps(told), flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
