"""SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from onetake.model.findings import Crash
from onetake.model.places import Place
from onetake.model.report import Located, ProgramReport, Report, Suppressed
from onetake.reports.fingerprints import fingerprints
from onetake.reports.json_report import encoded
from onetake.reports.levels import explained, level
from onetake.reports.options import Options
from onetake.reports.text import encodable, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, options: Options) -> str:
    """One run with all programs; exit code and faults of ours are in its invocation."""
    suppressed = [one.located for one in report.suppressed]
    every = [*report.findings, *suppressed]
    rules = _rules(every)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [_result(one, mark, index) for one, mark in zip(every, fingerprints(every), strict=True)]
    for result, one in zip(results[len(report.findings) :], report.suppressed, strict=True):
        result["suppressions"] = [_suppression(one)]
    driver = {"name": "onetake", "semanticVersion": report.versions.onetake, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, options)],
        "results": results,
        "properties": _properties(report),
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(encoded(document), indent=2) + "\n"


def _rules(findings: Sequence[Located]) -> list[dict[str, Any]]:
    """The rules that found something, each described by its catalogue entry or its first finding."""
    first: dict[str, Located] = {}
    for located in findings:
        first.setdefault(located.finding.rule, located)
    return [_rule(first[name]) for name in sorted(first)]


def _rule(located: Located) -> dict[str, Any]:
    from onetake.rules import registry

    finding = located.finding
    entry = registry.entries().get(finding.rule)
    rule: dict[str, Any] = {
        "id": finding.rule,
        "shortDescription": {"text": _plain(entry.summary if entry else finding.rule.replace("-", " "))},
        "fullDescription": {"text": _plain(finding.cause or finding.message)},
        "help": {"text": _plain(f"{finding.cause}\n\n{finding.fix}".strip() or finding.message)},
        "defaultConfiguration": {"level": level(finding)},
        "properties": {"tags": ["deployment", finding.stage.value], "precision": "very-high"},
    }
    references = [address for address in finding.evidence if address.startswith("https://")]
    if references:
        rule["helpUri"] = quote(encodable(references[0]), safe=":/?#[]@!$&'()*+,;=%~")
    return rule


def _result(located: Located, fingerprint: str, index: dict[str, int]) -> dict[str, Any]:
    finding = located.finding
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": level(finding),
        "message": {"text": _plain(explained(finding))},
        "locations": [_location(located)],
        "partialFingerprints": {"onetakePath/v1": fingerprint},
        "properties": {
            "severity": finding.severity.value,
            "stage": finding.stage.value,
            "confidence": finding.confidence.value,
            "conditional": finding.conditional,
            "stack": finding.stack,
        },
    }
    names = finding.related if len(finding.related) == len(located.related) else ()
    if located.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(place),
                "message": {"text": _plain(names[number - 1] if names else "takes part")},
            }
            for number, place in enumerate(located.related, 1)
        ]
    return result


def _location(located: Located) -> dict[str, Any]:
    finding = located.finding
    location: dict[str, Any] = {"physicalLocation": _physical(located.place)}
    logical = [(finding.resource, "resource"), (finding.construct, "construct")]
    found = [{"fullyQualifiedName": name, "kind": kind} for name, kind in logical if name]
    if found:
        location["logicalLocations"] = found
    return location


def _physical(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
    if place.line > 0:
        region: dict[str, Any] = {"startLine": place.line, "startColumn": max(1, place.column)}
        region["endLine"] = max(place.line, place.end_line)
        after = region["startColumn"] if region["endLine"] == place.line else 1
        region["endColumn"] = max(after, place.end_column)
        marked = [line.text for line in place.frame if line.marked]
        if marked:
            region["snippet"] = {"text": "\n".join(marked)}
        physical["region"] = region
    return physical


def _artifact(file: str) -> dict[str, Any]:
    return {"uri": quote(encodable(file), safe="/"), "uriBaseId": "%SRCROOT%"}


def _suppression(one: Suppressed) -> dict[str, Any]:
    suppression: dict[str, Any] = {"kind": "inSource" if one.line else "external"}
    if one.reason:
        suppression["justification"] = one.reason
    if one.file:
        place = Place(one.file, one.line, 1, one.line, 1) if one.line else Place(one.file)
        suppression["location"] = {"physicalLocation": _physical(place)}
    return suppression


def _invocation(report: Report, options: Options) -> dict[str, Any]:
    unread = [_unread(program) for program in report.programs if program.problem]
    notes = [*report.notes, *(note for program in report.programs for note in program.notes)]
    return {
        "executionSuccessful": not report.crashes and not unread,
        "exitCode": report.exit_code(options.fail_on),
        "toolExecutionNotifications": [*(_crash(crash, report) for crash in report.crashes), *unread],
        "toolConfigurationNotifications": [
            {
                "level": "note",
                "message": {"text": _plain(note.message)},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(note.where.file)}}],
            }
            for note in notes
        ],
    }


def _crash(crash: Crash, report: Report) -> dict[str, Any]:
    notification: dict[str, Any] = {
        "level": "error",
        "message": {"text": _plain(f"fault of onetake in {crash.where}: {crash.detail}")},
        "descriptor": {"id": "fault"},
    }
    if any(located.finding.rule == crash.where for located in report.findings):
        notification["associatedRule"] = {"id": crash.where}
    return notification


def _unread(program: ProgramReport) -> dict[str, Any]:
    problem = program.problem
    assert problem is not None  # noqa: S101 - only programs with one are asked
    place = problem.place if problem.place.file else Place(program.path)
    return {
        "level": "error",
        "message": {"text": _plain(f"{program.path} could not be read: {problem.message}. {problem.remedy}")},
        "descriptor": {"id": "not-read"},
        "locations": [{"physicalLocation": _physical(place)}],
    }


def _properties(report: Report) -> dict[str, Any]:
    assumed, knowledge = report.assumptions, report.versions.knowledge
    return {
        "verdict": str(report.verdict),
        "region": assumed.region,
        "account": assumed.account,
        "profile": assumed.profile.name,
        "asOf": assumed.as_of.isoformat(),
        "knowledge": knowledge.isoformat() if knowledge else None,
    }


def _plain(text: str) -> str:
    """Message text in which nothing of the program's becomes a link or a control code."""
    return visible(text, keep="\n").replace("](", "] (") or "(nothing)"
