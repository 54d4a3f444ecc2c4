"""What of a run is committed: hashes and verdicts, so that a change of verdict shows in review."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.corpus.outcomes import Outcome, kept, write
from tools.corpus.programs import Program

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "corpus"


@dataclass(frozen=True, slots=True)
class Source:
    """A repository that programs were taken from."""

    repository: str
    commit: str
    licence: str
    programs: int


def keep(run: Iterable[Outcome], corpus: Sequence[Program], folder: Path = FOLDER) -> None:
    """Write ``verdicts.jsonl`` and ``sources.tsv`` to ``folder``; no text of any program is in them."""
    ordered = sorted((kept(outcome) for outcome in run), key=lambda outcome: outcome.path)
    write(ordered, folder / "verdicts.jsonl")
    checked = {outcome.path for outcome in ordered}
    counts = Counter((p.source, p.licence) for p in corpus if p.path in checked)
    with (folder / "sources.tsv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(("repository", "commit", "licence", "programs"))
        for (source, licence), number in sorted(counts.items()):
            repository, _, commit = source.partition("@")
            rows.writerow((repository, commit, licence, number))


def sources(folder: Path = FOLDER) -> list[Source]:
    """The repositories, as :func:`keep` wrote them."""
    with (folder / "sources.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Source(row["repository"], row["commit"], row["licence"], int(row["programs"])) for row in rows]
