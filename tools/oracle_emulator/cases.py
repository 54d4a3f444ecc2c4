"""``python -m tools.oracle_emulator.cases FOLDER``: the founding cases and pairs in both languages, rehearsed for real.

The failing variant of each has to fail at the resource that the expected rule names (``tests/cases.toml``), or at the
step before it; its passing twin must not be refused. ``--only TEXT`` takes the cases whose name has it, ``--language``
those of one language. What came out is kept in ``tests/emulator/rehearsed_cases.json``, with the reason for each case
that no deployment shows (cost, style, documents); ``test_strict_cases.py`` looks for it, and the page of the emulator
is made of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.emulator import Fate, Outcome, Rehearsal, Unavailable, rehearse
from onetake.emulator.results import Step
from tools.oracle_emulator.case_programs import LANGUAGES, ROOT, SHARED, Pair, Shown, alone, pairs, shown

RECORD = ROOT / "tests" / "emulator" / "rehearsed_cases.json"


def right(found: Rehearsal, expected: Shown, rules: tuple[str, ...]) -> bool:
    """Whether a rehearsal failed where it should."""
    if found.outcome is not Outcome.FAILS:
        return False
    refused = found.of(Fate.REFUSED)
    if any(one.address == expected.resource or one.rule in rules for one in refused):
        return True
    fates = {one.address: one.fate for one in found.resources}
    if fates.get(expected.resource) is Fate.NOT_REACHED and refused and all(one.rule for one in refused):
        # Another certain fault comes first: a cluster out of support before its add-on.
        return True
    return expected.before and found.failed_at in {Step.INIT, Step.PLAN}


def main() -> int:
    """Rehearse; 1 when one is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.oracle_emulator.cases", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="cases whose name has this text")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    given = parser.parse_args()
    wrong = 0
    for pair in pairs(SHARED):
        if given.only in pair.case and pair.language in (given.language or LANGUAGES):
            told = _rehearsed(pair, given.folder / pair.language / pair.case)
            wrong += sum(not one["right"] for one in told.values() if isinstance(one, dict) and "right" in one)
            print(json.dumps({"case": pair.case, "language": pair.language, **told}), flush=True)
            _keep(pair, told)
    return int(bool(wrong))


def _rehearsed(pair: Pair, folder: Path) -> dict[str, Any]:
    expected = shown(pair, folder / "program")
    if not expected.resource:
        return {"not_shown": expected.why_not}
    told: dict[str, Any] = {"resource": expected.resource, "options": dict(expected.options)}
    for variant, program in (("fail", pair.fails), ("pass", pair.passes)):
        found = _one(alone(program, folder / variant / "program"), folder / variant, expected.options)
        well = right(found, expected, pair.rules) if variant == "fail" else found.outcome is not Outcome.FAILS
        refused = {one.address: one.rule or one.message for one in found.of(Fate.REFUSED)}
        told[variant] = {"right": well, "outcome": found.outcome.value, "refused": refused, "gaps": list(found.gaps)}
    return told


def _one(program: Path, logs: Path, options: Mapping[str, Any]) -> Rehearsal:
    root = program if program.is_dir() else program.parent
    try:
        return rehearse(program, root=root, logs=logs / "logs", second_plan=False, destroy=False, **options)
    except Unavailable as lacking:
        raise SystemExit(f"{program} cannot be rehearsed: {lacking.message}") from lacking


def _keep(pair: Pair, told: Mapping[str, Any]) -> None:
    kept = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    kept.setdefault(pair.language, {})[pair.case] = told
    RECORD.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
