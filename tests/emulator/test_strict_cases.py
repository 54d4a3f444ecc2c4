"""The founding cases and pairs in strict mode: the failing variant fails at the right resource, its twin does not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import onetake
from onetake.emulator import Outcome, rehearse, strictness
from onetake.model.findings import Stage
from tools.oracle_emulator.case_programs import LANGUAGES, Pair, alone, pairs, shown
from tools.oracle_emulator.cases import RECORD, right

DOOMING = {Stage.CREATE, Stage.STABILIZE}
KEPT: dict[str, dict[str, Any]] = json.loads(RECORD.read_text(encoding="utf-8"))
LIVE = [
    ("cloudformation", "22-log-group-key-without-logs-principal"),
    ("cloudformation", "13-alb-public-vpc-without-igw"),
    ("cloudformation", "29-cognito-client-before-identity-provider"),
    ("terraform", "22-log-group-key-without-logs-principal"),
]
"""Rehearsed by every run of the tests: one after the other, in a few seconds each."""


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


def kept() -> list[tuple[str, str, dict[str, Any]]]:
    return [(language, case, told) for language in LANGUAGES for case, told in KEPT[language].items()]


@pytest.mark.parametrize(
    ("language", "case", "told"), kept(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_case_was_right_in_both_variants_or_says_why_it_is_not_shown(
    language: str, case: str, told: dict[str, Any]
):
    if "fail" not in told:
        assert told.get("not_shown") or told["not_run"]
        return
    assert (told["fail"]["outcome"], told["fail"]["right"]) == ("fails", True)
    assert told["pass"]["right"]
    assert told["pass"]["outcome"] != "fails"
    assert told["pass"]["refused"] == {}


def test_the_record_knows_every_case_and_what_it_shows(shared: Path, tmp_path: Path):
    there = [*pairs(shared)]
    assert {(one.language, one.case) for one in there} == {(language, case) for language, case, _ in kept()}
    for pair in there:
        now = shown(pair, tmp_path / pair.language / pair.case)
        told = KEPT[pair.language][pair.case]
        assert now.resource == told.get("resource", ""), pair.case
        assert now.why_not == told.get("not_shown", ""), pair.case


@pytest.mark.parametrize(("language", "case"), LIVE)
def test_a_few_are_rehearsed(language: str, case: str, shared: Path, tmp_path: Path, request: pytest.FixtureRequest):
    if language == "terraform":
        request.getfixturevalue("engine_and_provider")
    pair = next(one for one in pairs(shared) if (one.language, one.case) == (language, case))
    expected = shown(pair, tmp_path / "shown")
    for variant, program in (("fail", pair.fails), ("pass", pair.passes)):
        where = alone(program, tmp_path / variant)
        root = where if where.is_dir() else where.parent
        found = rehearse(where, root=root, logs=tmp_path, second_plan=False, destroy=False, **expected.options)
        assert right(found, expected, pair.rules) is (variant == "fail"), json.dumps(found.data(), indent=1)
        assert (found.outcome is Outcome.FAILS) is (variant == "fail")
