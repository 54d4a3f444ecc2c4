"""Asking the engine about one program, in this process."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from onetake.frontends.files import Unreadable
from tools.corpus.outcomes import Outcome, Said
from tools.corpus.programs import Program


def ask(program: Program) -> Outcome:
    """What the engine says of ``program``; it raises only what escapes the engine itself."""
    from onetake.api import check

    started = time.perf_counter()
    try:
        outcome = _outcome(program, check(program.where, root=program.root, config=False))
    except Unreadable as refusal:
        outcome = Outcome(program.path, stopped="unreadable", detail=refusal.message)
    return replace(outcome, seconds=round(time.perf_counter() - started, 4))


def _outcome(program: Program, report: Any) -> Outcome:
    # Attributes are asked for, not guessed: were one renamed, "nothing found" must not come out of it.
    notes = tuple(note.message for note in report.notes)
    crashes = tuple(f"{crash.where}: {crash.detail}" for crash in report.crashes)
    if not report.programs:
        return Outcome(program.path, notes=notes, crashes=crashes, stopped="unreadable", detail="; ".join(notes))
    return Outcome(program.path, findings=tuple(map(_said, report.findings)), notes=notes, crashes=crashes)


def _said(located: Any) -> Said:
    finding = getattr(located, "finding", located)
    return Said(finding.rule, finding.severity.value, finding.resource, finding.conditional, finding.message)
