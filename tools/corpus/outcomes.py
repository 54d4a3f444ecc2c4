"""What the engine said of one program, and how that is kept: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

SERIOUS = ("critical", "high")
"""The severities whose false alarms are counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """One finding, as far as it is compared and judged."""

    rule: str
    severity: str
    resource: str
    conditional: bool
    message: str = ""
    """Empty in what is committed: it may quote the program."""

    @property
    def serious(self) -> bool:
        """Whether the deployment would stop, or what it made would be broken."""
        return self.severity in SERIOUS


@dataclass(frozen=True, slots=True)
class Outcome:
    """The engine's answer for one program."""

    path: str
    sha256: str = ""
    findings: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()
    """What was not read, and why."""
    crashes: tuple[str, ...] = ()
    """Faults of ours that cost some findings."""
    stopped: str = ""
    """``unreadable``, ``crash`` or ``timeout`` where there is no answer; ``detail`` says more."""
    detail: str = ""
    seconds: float = 0.0
    source: str = ""

    @property
    def verdict(self) -> str:
        """In one word: ``fails``, ``risk``, ``remarks`` or ``clean``, or why there is no answer."""
        if self.stopped:
            return self.stopped
        serious = [finding for finding in self.findings if finding.serious]
        if any(not finding.conditional for finding in serious):
            return "fails"
        if serious:
            return "risk"
        return "remarks" if self.findings else "clean"

    @property
    def kind(self) -> str:
        """The first folder below the corpus."""
        return self.path.split("/", 1)[0]


def write(outcomes: Iterable[Outcome], file: Path) -> None:
    """Write ``outcomes`` to ``file``, a line for each."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        for outcome in outcomes:
            out.write(line(outcome) + "\n")


def line(outcome: Outcome) -> str:
    """``outcome`` as one line of JSON; what is empty is left out."""
    data = {key: value for key, value in asdict(outcome).items() if value not in ("", (), 0.0) or key == "path"}
    return json.dumps({**data, "verdict": outcome.verdict}, ensure_ascii=False)


def read(file: Path) -> list[Outcome]:
    """The outcomes that ``file`` holds, or ``file/outcomes.jsonl`` where it is a folder."""
    file = file / "outcomes.jsonl" if file.is_dir() else file
    return [_outcome(json.loads(text)) for text in file.read_text(encoding="utf-8").splitlines() if text.strip()]


def _outcome(data: dict[str, object]) -> Outcome:
    data.pop("verdict", None)
    findings = data.pop("findings", [])
    assert isinstance(findings, list)
    for key in ("notes", "crashes"):
        data[key] = tuple(data.get(key, ()))  # type: ignore[arg-type]
    return Outcome(findings=tuple(Said(**one) for one in findings), **data)  # type: ignore[arg-type]


def kept(outcome: Outcome) -> Outcome:
    """What of ``outcome`` is committed: no text of the program, no times."""
    findings = tuple(
        dict.fromkeys(
            Said(said.rule, said.severity, said.resource, said.conditional)
            for said in sorted(outcome.findings, key=lambda said: (said.rule, said.resource, said.conditional))
        )
    )
    return Outcome(outcome.path, outcome.sha256[:16], findings, stopped=outcome.stopped)
