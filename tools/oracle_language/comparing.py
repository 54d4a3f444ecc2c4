"""Compare refusals: ``python -m tools.oracle_language.comparing FOLDER [--record] [--kept]``.

``FOLDER/corpus`` holds the programs as ``tools.corpus`` has them; ``ONETAKE_CORPUS`` may name another place. What
``terraform validate`` says of each is kept in ``FOLDER/validations`` and not asked for again. Writes every difference to
``FOLDER/refusals.json``; with ``--record`` the summary, too. With ``--kept`` nothing new is asked.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path
from typing import Any

from onetake.api import check
from onetake.model.findings import Severity, Stage
from tools.corpus.programs import Program, programs
from tools.oracle_language import recording
from tools.oracle_language.configurations import REASONS
from tools.oracle_language.planning import PROVIDER, why_not
from tools.oracle_language.validations import KINDS, Answer, copied, validated, why_left_out

CORPUS = "ONETAKE_CORPUS"
SAME, MOVED = "same headline and line", "same headline, another line"
MISSED, ALONE = "told by Terraform alone", "told by onetake alone"
_STAGES = (Stage.BUILD, Stage.INIT, Stage.VALIDATE)
_LOCK = f'''provider "registry.terraform.io/hashicorp/aws" {{
  version = "{PROVIDER}"
}}
'''
"""What ``terraform init`` leaves: which version of the provider judges."""
Told = tuple[str, str, int]
"""Headline, file, line."""
Row = dict[str, Any]


def told(program: Program, copy: Path, *, stages: Sequence[Stage] = _STAGES) -> list[Told]:
    """The certain refusals that we predict at some stages, with the provider that Terraform was given."""
    folder = copy / program.folder.relative_to(program.root)
    (folder / ".terraform.lock.hcl").write_text(_LOCK, encoding="utf-8")
    report = check(folder, root=copy, config=False)
    found = []
    for located in report.findings:
        finding = located.finding
        if finding.severity is Severity.CRITICAL and not finding.condition and finding.stage in stages:
            headline = finding.verbatim.split("\n")[0].removeprefix("Error: ") or finding.rule
            found.append((headline, finding.verbatim, located.file or "", located.line or 0))
    return [(headline, file, line) for headline, _, file, line in dict.fromkeys(found)]


def differences(program: Program, answer: Answer, ours: Iterable[Told]) -> Iterator[Row]:
    """How each error that either tells of stands to the other's."""
    distinct = dict.fromkeys((one["summary"], one["detail"], one["file"], one["line"]) for one in answer["errors"])
    theirs = [(summary, _named(program, file), line) for summary, _, file, line in distinct]
    left = list(ours)
    for match in (_exactly, _nearly):
        for one in list(theirs):
            mine = next((mine for mine in left if match(one, mine)), None)
            if mine is not None:
                left.remove(mine)
                theirs.remove(one)
                yield _row(program, SAME if match is _exactly or not one[1] else MOVED, one)
    for one in theirs:
        yield _row(program, MISSED, one)
    for one in left:
        yield _row(program, ALONE, one)


def _exactly(one: Told, mine: Told) -> bool:
    return one == mine


def _nearly(one: Told, mine: Told) -> bool:
    """Whether the headlines are the same; Terraform prints some without a place."""
    return one[0] == mine[0] and one[1] in ("", mine[1])


def _named(program: Program, file: str) -> str:
    """A file as our reports name it: from the root of what was checked."""
    return os.path.relpath(program.folder / file, program.root) if file else ""


def _row(program: Program, verdict: str, one: Told) -> Row:
    return {"program": program.path, "verdict": verdict, "headline": one[0], "file": one[1], "line": one[2]}


def main(arguments: list[str]) -> int:
    """Run the comparison."""
    folder = Path(arguments[0])
    corpus = Path(os.environ.get(CORPUS) or folder / "corpus")
    if not corpus.is_dir():
        print(f"refusals: not compared, there is no corpus at {corpus}; name one with {CORPUS}")
        return 0
    listed = [program for program in programs(corpus) if program.kind in KINDS]
    reasons = {program.path: why_left_out(program) for program in listed}
    answers = dict(
        validated(
            [one for one in listed if not reasons[one.path]], folder / "validations", ask="--kept" not in arguments
        )
    )
    if not answers:
        print(f"refusals: not compared, {why_not()}")
        return 0
    left_out = Counter(why for why in reasons.values() if why)
    left_out.update(answer["excluded"] for answer in answers.values() if answer.get("excluded"))
    asked = {program: answer for program, answer in answers.items() if not answer.get("excluded")}
    rows: list[Row] = []
    verdicts: Counter[str] = Counter()
    for root, members in groupby(sorted(asked, key=lambda one: one.path), key=lambda one: one.root):
        with copied(root) as copy:
            for program in members:
                # What stops Terraform while it reads keeps it from validating.
                stages = _STAGES[:2] if asked[program]["stage"] == "init" else _STAGES
                ours = told(program, copy, stages=stages)
                rows += differences(program, asked[program], ours)
                verdicts[_verdict(refused=bool(asked[program]["errors"]), predicted=bool(ours))] += 1
    (folder / "refusals.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    found = Counter(row["verdict"] for row in rows)
    print(f"{len(asked)} configurations validated:", dict(verdicts), dict(found), dict(left_out))
    if "--record" in arguments:
        recording.summarize("refusals", _summary(asked, verdicts, rows, left_out))
    return 0


def _verdict(*, refused: bool, predicted: bool) -> str:
    if refused:
        return "refused, predicted" if predicted else "refused, not predicted"
    return "taken, predicted to be refused" if predicted else "taken"


def _summary(
    asked: Mapping[Program, Answer], verdicts: Counter[str], rows: Sequence[Row], left_out: Counter[str]
) -> dict[str, object]:
    return {
        "configurations": len(asked),
        "kinds": dict(Counter(program.kind for program in asked)),
        "verdicts": dict(sorted(verdicts.items())),
        "errors": dict(sorted(Counter(row["verdict"] for row in rows).items())),
        "left out": dict(sorted(left_out.items())),
        "listed": [_explained(row) for row in rows if row["verdict"] != SAME],
    }


def _explained(row: Row) -> dict[str, str]:
    """A difference, with the reason that somebody found."""
    where = f"{row['file']}:{row['line']}" if row["file"] else "no place"
    found = {"program": row["program"], "verdict": row["verdict"], "headline": row["headline"], "where": where}
    reasons: list[dict[str, str]] = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("reason", [])
    same = (one for one in reasons if all(fnmatch(found[key], one[key]) for key in ("verdict", "program", "where")))
    return {**found, "why": next((one["why"] for one in same), "not explained yet")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
