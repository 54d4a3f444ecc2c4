"""The judgement of findings on programs that are known to work: right or wrong, and why."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tools.corpus.outcomes import Outcome, Said

VERDICTS = ("right", "wrong")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody who looked says of findings: ``right`` or ``wrong``, and why."""

    rule: str
    program: str
    """The path of the program; ``*`` stands for any text."""
    verdict: str
    why: str
    resource: str = "*"

    def on(self, path: str, said: Said) -> bool:
        """Whether it is about this finding."""
        return self.rule == said.rule and _fits(path, self.program) and _fits(said.resource, self.resource)


def _fits(text: str, pattern: str) -> bool:
    # Addresses have brackets (``aws_subnet.a[0]``), which a pattern would take for a set of characters.
    return text == pattern or fnmatchcase(text, pattern.replace("[", "[[]"))


def judgements(file: Path) -> list[Judgement]:
    """The judgements of ``file``.

    Raises:
        ValueError: one is neither right nor wrong, or does not say why.
    """
    found = [Judgement(**row) for row in tomllib.loads(file.read_text(encoding="utf-8")).get("judgement", [])]
    for one in found:
        if one.verdict not in VERDICTS or not one.why:
            raise ValueError(f"{one.rule} on {one.program}: verdict is right or wrong, and why must be said")
    return found


@dataclass(frozen=True, slots=True)
class Looked:
    """A critical or high finding, and its judgement if there is one; the latest that fits counts."""

    path: str
    said: Said
    judgement: Judgement | None

    @property
    def word(self) -> str:
        """``right``, ``wrong`` or ``not looked at``."""
        return self.judgement.verdict if self.judgement else "not looked at"


def looked(run: Iterable[Outcome], judged: Sequence[Judgement]) -> list[Looked]:
    """Every critical or high finding of ``run`` with its judgement."""
    by_rule: dict[str, list[Judgement]] = defaultdict(list)
    for one in judged:
        by_rule[one.rule].insert(0, one)
    return [
        Looked(outcome.path, said, next((one for one in by_rule[said.rule] if one.on(outcome.path, said)), None))
        for outcome in run
        for said in outcome.findings
        if said.serious
    ]
