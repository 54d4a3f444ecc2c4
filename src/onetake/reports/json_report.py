"""JSON for programs; its shape is published in ``schema/report-1.json`` and only ever grows within a version."""

from __future__ import annotations

import json
from typing import Any

from onetake.model.findings import Edit, Note
from onetake.model.places import CodeLine, Place
from onetake.model.records import names
from onetake.model.report import Located, Problem, ProgramReport, Report, StackReport, Suppressed
from onetake.model.verdict import Verdict
from onetake.reports.fingerprints import fingerprints
from onetake.reports.options import Options
from onetake.reports.text import encodable

VERSION = 1
"""Grows when something is taken away or changes its meaning."""


def render(report: Report, _options: Options) -> str:
    """The whole report; everything beyond ASCII is escaped, so that any pipe carries it."""
    return json.dumps(encoded(document(report)), indent=2) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    knowledge = report.versions.knowledge
    return {
        "version": VERSION,
        "tool": {
            "name": "onetake",
            "version": report.versions.onetake,
            "knowledge": knowledge.isoformat() if knowledge else None,
        },
        "assumptions": _assumptions(report),
        "verdict": _verdict(report.verdict),
        "summary": {name: getattr(report.summary, name) for name in names(report.summary)},
        "programs": [_program(program) for program in report.programs],
        "findings": _findings(report.findings),
        "suppressed": _suppressed(report.suppressed),
        "crashes": [{"where": crash.where, "detail": crash.detail} for crash in report.crashes],
        "notes": [_note(note) for note in report.notes],
    }


def _assumptions(report: Report) -> dict[str, Any]:
    assumed = report.assumptions
    return {
        "region": assumed.region,
        "region_given": assumed.region_given,
        "account": assumed.account,
        "profile": {
            "name": assumed.profile.name,
            "facts": {name: truth.value for name, truth in sorted(assumed.profile.facts.items())},
            "others": assumed.profile.others.value,
            "quotas": dict(sorted(assumed.profile.quotas.items())),
        },
        "as_of": assumed.as_of.isoformat(),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome.name.lower().replace("_", "-"),
        "stage": verdict.stage.value if verdict.stage else None,
        "failures": verdict.failures,
        "risks": verdict.risks,
        "others": verdict.others,
        "text": str(verdict),
    }


def _program(program: ProgramReport) -> dict[str, Any]:
    return {
        "path": program.path,
        "kind": program.kind,
        "stacks": [_stack(stack) for stack in program.stacks],
        "notes": [_note(note) for note in program.notes],
        "problem": _problem(program.problem) if program.problem else None,
    }


def _stack(stack: StackReport) -> dict[str, Any]:
    return {
        "name": stack.name,
        "language": stack.language,
        "tool": stack.tool,
        "constraint": stack.constraint,
        "construct_tool": stack.construct_tool,
        "resources": stack.resources,
        "whole": stack.whole,
        "verdict": _verdict(stack.verdict),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"file": note.where.file, "path": list(note.where.path), "message": note.message}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"message": problem.message, "remedy": problem.remedy, **_place(problem.place)}


def _findings(findings: tuple[Located, ...]) -> list[dict[str, Any]]:
    return [_finding(one, mark) for one, mark in zip(findings, fingerprints(findings), strict=True)]


def _finding(located: Located, fingerprint: str) -> dict[str, Any]:
    finding = located.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "stage": finding.stage.value,
        "confidence": finding.confidence.value,
        "conditional": finding.conditional,
        "condition": finding.condition,
        "resource": finding.resource,
        "related": list(finding.related),
        **_place(located.place),
        "path": list(finding.where.path),
        "message": finding.message,
        "verbatim": finding.verbatim,
        "cause": finding.cause,
        "fix": finding.fix,
        "fixable": located.fixable,
        "edits": [_edit(edit) for edit in finding.edits],
        "correction": located.correction,
        "blocked": list(located.blocked),
        "evidence": list(finding.evidence),
        "program": located.program,
        "stack": finding.stack,
        "construct": finding.construct,
        "related_places": [_place(place) for place in located.related],
        "code": [_code(line) for line in located.place.frame],
        "fingerprint": fingerprint,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "file": edit.where.file,
        "path": list(edit.where.path),
        "action": edit.action.value,
        "value": edit.value,
    }


def _code(line: CodeLine) -> dict[str, Any]:
    return {"number": line.number, "text": line.text, "marked": line.marked}


def _suppressed(suppressed: tuple[Suppressed, ...]) -> list[dict[str, Any]]:
    findings = _findings(tuple(one.located for one in suppressed))
    return [
        {**finding, "suppression": {"reason": one.reason, "file": one.file, "line": one.line}}
        for one, finding in zip(suppressed, findings, strict=True)
    ]


def encoded(data: Any) -> Any:
    """``data`` with every text in it fit for UTF-8."""
    match data:
        case str():
            return encodable(data)
        case dict():
            return {encodable(str(key)): encoded(value) for key, value in data.items()}
        case list() | tuple():
            return [encoded(item) for item in data]
        case _:
            return data
