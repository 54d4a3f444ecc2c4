"""Writes ``docs/accuracy.md``: how often the engine is wrong about programs that people deploy.

It reads what is committed in ``tests/corpus``: the verdicts of a run over the corpus (``python -m tools.corpus
keep``), the sources, and the judgement of each finding that somebody looked at. The programs are not needed.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tools import language_accuracy as language
from tools import schema_accuracy as schema
from tools import source_accuracy as source
from tools.corpus import outcomes
from tools.corpus.judging import VERDICTS, Judgement, Looked, judgements, looked
from tools.corpus.keeping import FOLDER, Source, sources
from tools.corpus.outcomes import Outcome

PAGE = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"
TARGET = 0.01
"""The largest share of programs with a wrong critical or high finding that a release may have."""
KINDS = {
    "cfn": "CloudFormation and SAM templates",
    "cdk": "CDK integration snapshots",
    "tf": "Terraform configurations",
    "iac-eval": "IaC-Eval reference programs",
    "cdktf": "synthesized CDKTF programs",
}


def page(run: Sequence[Outcome], judged: Sequence[Judgement], origins: Sequence[Source]) -> str:
    """The whole page."""
    findings = looked(run, judged)
    parts = [_head(run, findings), _kinds(run), _rules(findings), _judged(findings), _unused(findings, judged)]
    return "\n\n".join(part for part in [*parts, _origins(origins)] if part) + "\n"


def _head(run: Sequence[Outcome], findings: Sequence[Looked]) -> str:
    wrong, right, open_ = (_programs(findings, word) for word in ("wrong", "right", "not looked at"))
    judged = sum(one.judgement is not None for one in findings)
    read = [outcome for outcome in run if not outcome.stopped]
    return f"""# Accuracy on programs that people deploy

*Written by `python -m tools.accuracy` from `tests/corpus/` and `tests/frontends/terraform/`; do not edit.*

{len(run):,} public programs that are published as working were checked, each as it stands, with no parameters and no
account profile. **{len(wrong):,} ({_share(len(wrong), len(run))}) have a critical or high finding that is wrong** (the
bound for a release is {TARGET:.0%}); {len(right):,} have one that is right: published programs age, and some never
worked. Of the {len(findings):,} critical and high findings {judged:,} were looked at; {len(open_):,} programs have one
that was not, so that at most {_share(len(wrong | open_), len(run))} of the programs can have a wrong one.
{len(read):,} programs could be read ({_share(len(read), len(run))})."""


def _programs(findings: Iterable[Looked], word: str) -> set[str]:
    return {one.path for one in findings if one.word == word}


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "0.00%"


def _kinds(run: Sequence[Outcome]) -> str:
    words = ("clean", "remarks", "risk", "fails", "unreadable", "crash", "timeout")
    rows = []
    for kind, members in _by_kind(run).items():
        count = Counter(outcome.verdict for outcome in members)
        rows.append((KINDS.get(kind, kind), str(len(members)), *(str(count[word]) for word in words)))
    text = """A program *fails* when a critical or high finding is certain, is a *risk* when all of them depend on the
account, a date or a value that is not given, and has *remarks* when it only has findings below high."""
    return f"## Verdicts\n\n{text}\n\n{_table(('programs of', 'number', *words), rows)}"


def _by_kind(run: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in run:
        groups.setdefault(outcome.kind, []).append(outcome)
    return groups


def _rules(findings: Sequence[Looked]) -> str:
    groups: dict[str, list[Looked]] = defaultdict(list)
    for one in findings:
        groups[one.said.rule].append(one)
    rows = []
    for rule, members in sorted(groups.items(), key=lambda item: (-len(_wrong(item[1])), -len(item[1]), item[0])):
        count = Counter(one.word for one in members)
        programs = len({one.path for one in members})
        certain = sum(not one.said.conditional for one in members)
        rows.append((f"`{rule}`", *map(str, (programs, len(members), certain)), *_counts(count)))
    head = ("rule", "programs", "findings", "certain", "right", "wrong", "not looked at")
    return f"## Critical and high findings by rule\n\n{_table(head, rows)}" if rows else ""


def _wrong(findings: Iterable[Looked]) -> list[Looked]:
    return [one for one in findings if one.word == "wrong"]


def _counts(count: Counter[str]) -> tuple[str, ...]:
    return tuple(str(count[word]) for word in (*VERDICTS, "not looked at"))


def _judged(findings: Sequence[Looked]) -> str:
    groups: dict[Judgement, list[Looked]] = defaultdict(list)
    for one in findings:
        if one.judgement:
            groups[one.judgement].append(one)
    if not groups:
        return ""
    lines = ["## Findings looked at", "", "By rule; the wrong ones first."]
    for judgement in sorted(groups, key=lambda one: (one.verdict == "right", one.rule, one.program, one.resource)):
        lines += ["", *_section(judgement, groups[judgement])]
    return "\n".join(lines)


def _section(judgement: Judgement, members: Sequence[Looked]) -> Iterator[str]:
    yield f"- **{judgement.verdict}**: `{judgement.rule}`: {' '.join(judgement.why.split())}"
    places: dict[str, list[str]] = defaultdict(list)
    for one in members:
        places[one.path].append(f"`{one.said.resource}`" if one.said.resource else "the program")
    for path, resources in places.items():
        yield f"  - `{path}`: {', '.join(dict.fromkeys(resources))}"


def _unused(findings: Iterable[Looked], judged: Iterable[Judgement]) -> str:
    used = {one.judgement for one in findings}
    gone = [one for one in judged if one not in used]
    if not gone:
        return ""
    lines = [
        f"- `{one.rule}` on `{one.program}` (was {one.verdict}): {' '.join(one.why.split())}"
        for one in sorted(gone, key=lambda one: (one.rule, one.program, one.resource))
    ]
    return "## Looked at, and no longer reported\n\n" + "\n".join(lines)


def _origins(origins: Sequence[Source]) -> str:
    rows = [(one.repository, f"`{one.commit[:12]}`", one.licence, str(one.programs)) for one in origins]
    text = "The programs themselves are not part of this repository."
    return f"## Sources\n\n{text}\n\n{_table(('repository', 'commit', 'licence', 'programs'), rows)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def main() -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    text = page(outcomes.read(FOLDER / "verdicts.jsonl"), judgements(FOLDER / "judgements.toml"), sources(FOLDER))
    text += "\n" + language.section() + schema.section() + source.section()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != text:
            print(f"{PAGE.name} is not what tests/corpus says: run python -m tools.accuracy", file=sys.stderr)
        return int(current != text)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
