"""Every rule has failing and passing programs, and says exactly what their golden files say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from onetake.api import check
from onetake.model.findings import Severity
from onetake.model.language import Language
from onetake.model.report import Located, Report
from onetake.rules import registry

PROGRAMS = Path(__file__).parent.parent / "programs"
ENDINGS = {
    Language.TERRAFORM: (".tf.json", ".tf"),
    Language.CLOUDFORMATION: (".yaml", ".json"),
}
PLAN = ".plan.json"
"""What ``terraform show -json`` prints: the programs of rules that judge what is deployed."""
RULES = tuple(registry.entries())


def programs(rule: str, outcome: str) -> list[Path]:
    return [path for path in sorted((PROGRAMS / rule).glob(f"{outcome}*")) if path.suffix in {".tf", ".json", ".yaml"}]


def judge(program: Path, *, only: tuple[str, ...] = ()) -> Report:
    """The report on one program, under the options of its folder (``options.toml``)."""
    options_file = program.parent / "options.toml"
    options = tomllib.loads(options_file.read_text()) if options_file.exists() else {}
    options.setdefault("as_of", "2026-11-24")
    return check(program, root=program.parent, only=only, config=False, **options)


def golden(report: Report) -> str:
    return "".join(describe(finding) for finding in report.findings)


def describe(located: Located) -> str:
    finding = located.finding
    kind = "risk" if finding.conditional else finding.severity.value
    lines = [f"{located.file}:{located.line}: {finding.resource}: {finding.message} [{finding.rule}, {kind}]"]
    if finding.verbatim:
        lines.append(f"  {finding.stage.value} says: {finding.verbatim}")
    else:
        lines.append(f"  at {finding.stage.value}")
    lines.append(f"  fix: {finding.fix}")
    if finding.condition:
        lines.append(f"  if: {finding.condition}")
    return "\n".join(lines) + "\n"


CASES = [(rule, program) for rule in RULES for outcome in ("fails", "passes") for program in programs(rule, outcome)]


@pytest.mark.parametrize(("rule", "program"), CASES, ids=[f"{rule}/{program.name}" for rule, program in CASES])
def test_findings_match_the_golden_file(rule: str, program: Path, pytestconfig: pytest.Config) -> None:
    found = golden(judge(program, only=(rule,)))
    expected = program.with_name(program.name + ".out")
    if pytestconfig.getoption("--update-golden"):
        expected.write_text(found)

    assert found == expected.read_text()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_programs_in_each_language_it_answers_in(rule: str) -> None:
    if registry.load(rule).deployed:
        assert [path.name for path in programs(rule, "")] == [f"fails{PLAN}", f"passes{PLAN}"]
        assert f"[{rule}, " in (PROGRAMS / rule / f"fails{PLAN}.out").read_text()
        assert (PROGRAMS / rule / f"passes{PLAN}.out").read_text() == ""
        return
    for language in registry.load(rule).answers:
        fails = [p for p in programs(rule, "fails") if p.name.endswith(ENDINGS[language]) and _is(language, p)]
        passes = [p for p in programs(rule, "passes") if p.name.endswith(ENDINGS[language]) and _is(language, p)]

        assert fails, f"no failing program in {language.value}"
        assert passes, f"no passing program in {language.value}"
        assert all(f"[{rule}, " in p.with_name(p.name + ".out").read_text() for p in fails)
        assert all(p.with_name(p.name + ".out").read_text() == "" for p in passes)


def _is(language: Language, program: Path) -> bool:
    terraform = program.name.endswith(ENDINGS[Language.TERRAFORM])
    return terraform is (language is Language.TERRAFORM)


PASSING = [program for rule in RULES for program in programs(rule, "passes")]


@pytest.mark.parametrize("program", PASSING, ids=[f"{p.parent.name}/{p.name}" for p in PASSING])
def test_no_rule_calls_a_passing_program_a_certain_failure(program: Path) -> None:
    certain = [
        describe(located)
        for located in judge(program).findings
        if not located.finding.conditional and located.finding.severity in (Severity.CRITICAL, Severity.HIGH)
    ]

    assert certain == []


def test_every_folder_of_programs_belongs_to_a_rule() -> None:
    assert {folder.name for folder in PROGRAMS.iterdir() if folder.is_dir()} == set(RULES)
