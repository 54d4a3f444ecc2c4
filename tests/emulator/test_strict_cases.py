"""Every case and pair that a deployment shows: strict mode dooms the failing variant's resource, not its twin's."""

import tomllib
from pathlib import Path
from typing import Any

import onetake
from onetake.emulator import strictness
from onetake.model.findings import Stage
from tools.oracle_emulator.cases import EXPECTED, variants

DOOMING = {Stage.CREATE, Stage.STABILIZE}


def doomed(program: Path, options: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The rules that doom a resource, and those that are certain of a failure while something is created."""
    stack = onetake.load(program, root=program)[0]
    findings = [one.finding for one in onetake.check(program, root=program, config=False, **options).findings]
    certain = {one.rule for one in findings if one.stage in DOOMING and not one.conditional}
    return {one.rule for one in strictness.judged(findings, stack).doomed}, certain


def test_strict_mode_dooms_what_fails_and_only_that(shared: Path):
    entries = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    judged = 0
    for name, fails, passes in variants(shared):
        entry = entries.get(name, {})
        rules, options = set(entry.get("rules", [])), entry.get("options", {})
        on_fail, certain = doomed(fails, options)
        if rules & certain:
            judged += 1
            assert rules & on_fail, name
        assert not rules & doomed(passes, options)[0], name
    assert judged > 25
