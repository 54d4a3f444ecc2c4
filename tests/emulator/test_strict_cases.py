"""The founding cases and pairs in strict mode: the failing variant fails at the right resource, its twin does not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onetake
from onetake.emulator import strictness
from onetake.model.findings import Stage
from tools.oracle_emulator.case_programs import Pair, alone, pairs

DOOMING = {Stage.CREATE, Stage.STABILIZE}


def doomed(program: Path, options: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The rules that doom a resource, and those that are certain of a failure while something is created."""
    stack = onetake.load(program, root=program)[0]
    findings = [one.finding for one in onetake.check(program, root=program, config=False, **options).findings]
    certain = {one.rule for one in findings if one.stage in DOOMING and not one.conditional}
    return {one.rule for one in strictness.judged(findings, stack).doomed}, certain


def test_strict_mode_dooms_what_fails_and_only_that(shared: Path, tmp_path: Path):
    judged = 0
    for pair in terraform(shared):
        rules, options = set(pair.rules), dict(pair.options)
        on_fail, certain = doomed(alone(pair.fails, tmp_path / pair.case / "fail"), options)
        if rules & certain:
            judged += 1
            assert rules & on_fail, pair.case
        assert not rules & doomed(alone(pair.passes, tmp_path / pair.case / "pass"), options)[0], pair.case
    assert judged > 32


def terraform(shared: Path) -> Iterator[Pair]:
    return (one for one in pairs(shared) if one.language == "terraform")
