"""Every rule about Go has a failing program and its right twin; --fix makes one of the other, as gofmt writes it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import onetake
from onetake.analysis.fixes import plan
from onetake.analysis.pages import PAGES
from onetake.api import Arguments
from onetake.model.findings import Stage
from onetake.model.report import Report
from tests.rules.test_programs import golden

PROGRAMS = Path(__file__).parent / "programs"
RULES = tuple(sorted(folder.name for folder in PROGRAMS.iterdir() if folder.is_dir()))
TOLD = json.loads((PROGRAMS / "go_types.json").read_text(encoding="utf-8"))
"""What Go's own type checker (1.19, with the bindings that jsii writes) says of each program, as it was recorded."""
BY_HAND = ("go-expression-as-text", "go-invalid-template", "go-missing-field", "go-undefined-name")
"""Rules of which nobody but the author knows what was meant."""


def judged(rule: str, outcome: str) -> Report:
    return onetake.check(PROGRAMS / rule / outcome, root=PROGRAMS, config=False)


def test_every_rule_has_programs() -> None:
    assert set(RULES) == {rule for rule in PAGES if rule.startswith("go-")}


@pytest.mark.parametrize("rule", RULES)
def test_a_failing_program_says_what_its_golden_file_says(rule: str, pytestconfig: pytest.Config) -> None:
    found = golden(judged(rule, "fails"))
    expected = PROGRAMS / rule / "fails.out"
    if pytestconfig.getoption("--update-golden"):
        expected.write_text(found, encoding="utf-8")

    assert found == expected.read_text(encoding="utf-8")
    assert f"[{rule}, critical]" in found or f"[{rule}, high]" in found


@pytest.mark.parametrize("rule", RULES)
def test_its_twin_is_right_in_every_respect(rule: str) -> None:
    assert golden(judged(rule, "passes")) == ""
    assert TOLD[f"{rule}/passes"] == []


@pytest.mark.parametrize("rule", RULES)
def test_what_stops_the_build_stops_the_compiler_there(rule: str) -> None:
    lines = {line for line, _ in TOLD[f"{rule}/fails"]}
    # Of packages that do not exist the type checker complains where something is taken from them.
    elsewhere = rule in ("go-missing-package", "go-missing-requirement")
    for located in judged(rule, "fails").findings:
        build = located.finding.stage is Stage.BUILD
        assert build == (located.line in lines or (elsewhere and bool(lines)))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in BY_HAND])
def test_fixes_make_the_right_program(rule: str, tmp_path: Path) -> None:
    shutil.copytree(PROGRAMS, tmp_path / "programs")
    folder = tmp_path / "programs" / rule / "fails"
    fixes = plan(Arguments((folder,), root=tmp_path / "programs", config=False).request())

    (after,) = fixes.after.values()
    assert after.decode() == (PROGRAMS / rule / "passes" / "main.go").read_text(encoding="utf-8")
    assert not fixes.refused


@pytest.mark.skipif(shutil.which("gofmt") is None, reason="no gofmt")
def test_the_programs_are_as_gofmt_writes_them() -> None:
    files = [path for path in PROGRAMS.rglob("*.go") if path.parent.parent.name != "go-syntax-error"]
    told = subprocess.run(["gofmt", "-l", *files], capture_output=True, text=True, check=True)

    assert told.stdout == ""
