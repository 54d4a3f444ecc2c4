"""The table of the founding cases and pairs: what each expects, and what the engine says.

Reads ``../shared/cases`` and ``../shared/pairs`` (or the folder given), judges the failing and the passing
variant of each, and prints a table. A case is *right* when an expected rule reports the failing variant and
stays silent on the passing one. ``tests/cases.toml`` names the expected rules, and for those that no artefact
shows the reason why the engine does not judge them yet.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onetake.api import check

ROOT = Path(__file__).resolve().parent.parent
ARTEFACTS = ("cdk.tf.json", "template.json")
_ENTRIES = {"python": "main.py", "go": "main.go"}
EXPECTED = ROOT / "tests" / "cases.toml"


@dataclass(frozen=True)
class Variant:
    """One program of a case."""

    case: str
    language: str
    outcome: str
    path: Path


@dataclass(frozen=True)
class Verdict:
    """What the engine said of a case, against what it should."""

    case: str
    language: str
    expected: tuple[str, ...]
    on_fail: tuple[str, ...]
    on_pass: tuple[str, ...]
    not_judged: str

    @property
    def right(self) -> bool:
        """Found in the failing variant, not in the passing one."""
        return bool(set(self.expected) & set(self.on_fail)) and not set(self.expected) & set(self.on_pass)

    @property
    def word(self) -> str:
        """How the table says it."""
        if self.not_judged:
            return "not judged"
        return "right" if self.right else "WRONG"


def variants(shared: Path, whole: frozenset[str] = frozenset()) -> Iterator[Variant]:
    """Every artefact of every case and pair, and the sources of those that cannot be synthesized.

    Of the cases in ``whole``, what surrounds the program is judged: their folders.
    """
    for case in sorted((shared / "cases").glob("*/case.json")):
        yield from _of_case(case.parent, whole=case.parent.name in whole)
    for case in sorted((shared / "pairs").glob("*/*/case.json")):
        for outcome in ("fail", "pass"):
            program = _pair_program(case.parent, outcome)
            if program is not None:
                yield Variant(case.parent.parent.name, case.parent.name, outcome, program)


def _of_case(folder: Path, *, whole: bool) -> Iterator[Variant]:
    synthesized = [name for name in ARTEFACTS if (folder / "fail" / name).exists()]
    source = "go" if (folder / "fail" / _ENTRIES["go"]).exists() else "python"
    written = (folder / "fail" / _ENTRIES[source]).exists()
    if whole or (written and not synthesized):
        for outcome in ("fail", "pass"):
            yield Variant(folder.name, source, outcome, folder / outcome)
        return
    for name in ARTEFACTS:
        for outcome in ("fail", "pass"):
            path = folder / outcome / name
            if path.exists():
                language = "terraform" if name.startswith("cdk") else "cloudformation"
                yield Variant(folder.name, language, outcome, path)


def _pair_program(folder: Path, outcome: str) -> Path | None:
    candidates = (folder / outcome, folder / f"{outcome}.tf.json", folder / f"{outcome}.yaml")
    return next((path for path in candidates if path.exists()), None)


def judge(path: Path, options: dict[str, str | bool]) -> tuple[str, ...]:
    """The names of the rules that report ``path``."""
    report = check(path, root=path if path.is_dir() else path.parent, config=False, **options)  # type: ignore[arg-type]
    return tuple(dict.fromkeys(located.finding.rule for located in report.findings))


def verdicts(shared: Path) -> list[Verdict]:
    """The verdict on each case and language that has a failing artefact."""
    expectations = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    said: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    whole = frozenset(case for case, row in expectations.items() if row.get("options", {}).get("project"))
    for variant in variants(shared, whole):
        options = expectations.get(variant.case, {}).get("options", {})
        said.setdefault((variant.case, variant.language), {})[variant.outcome] = judge(variant.path, options)
    result = []
    for (case, language), outcomes in said.items():
        row = expectations.get(case, {})
        if "fail" not in outcomes and not row.get("not_judged"):
            row = {**row, "not_judged": "the failing program has no artefact"}
        if not row:
            row = {"not_judged": "what surrounds a program is not judged: its tests, its tools, its documents"}
        result.append(
            Verdict(
                case,
                language,
                tuple(row.get("rules", ())),
                outcomes.get("fail", ()),
                outcomes.get("pass", ()),
                row.get("not_judged", ""),
            )
        )
    return result


def main() -> int:
    """Print the table; 1 when a case that is judged is judged wrong."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    if not (shared / "cases").is_dir():
        print(f"no cases in {shared}: give the folder that holds cases/ and pairs/", file=sys.stderr)
        return 2
    rows = verdicts(shared)
    for row in rows:
        print(f"{row.word:10}  {row.case:48} {row.language:14} {', '.join(row.expected) or row.not_judged}")
        if row.word == "WRONG":
            found, also = ", ".join(row.on_fail) or "-", ", ".join(row.on_pass) or "-"
            print(f"            failing variant: {found}; passing: {also}")
    judged = [row for row in rows if not row.not_judged]
    right = sum(row.right for row in judged)
    print(f"\n{right} of {len(judged)} right, {len(rows) - len(judged)} not judged by this version")
    return int(right != len(judged))


if __name__ == "__main__":
    sys.exit(main())
