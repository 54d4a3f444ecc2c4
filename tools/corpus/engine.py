"""Asking the engine about one program, in this process."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from tools.corpus.outcomes import Outcome, Said
from tools.corpus.programs import Program


def ask(program: Program) -> Outcome:
    """What the engine says of ``program``; it raises only what escapes the engine itself."""
    from onetake.api import check

    started = time.perf_counter()
    report = check(program.where, root=program.root, config=False)
    return replace(_outcome(program, report), seconds=round(time.perf_counter() - started, 4))


def _outcome(program: Program, report: Any) -> Outcome:
    return Outcome(program.path, findings=tuple(_said(one) for one in report.findings))


def _said(located: Any) -> Said:
    finding = getattr(located, "finding", located)
    return Said(finding.rule, finding.severity.value, finding.resource, finding.conditional, finding.message)
