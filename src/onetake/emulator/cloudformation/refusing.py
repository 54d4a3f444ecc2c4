"""Strict mode: what onetake is certain that AWS refuses is refused at its resource, in AWS's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onetake.emulator.strictness import Said, certain, said
from onetake.knowledge.replacements import own_name
from onetake.model.findings import Confidence, Finding, Stage
from onetake.model.records import field, record

_MISSING = re.compile(r"not found|does not exist|NotFound|NoSuch", re.IGNORECASE)
_BEFORE = frozenset({Stage.VALIDATE, Stage.PLAN})


@record
class Refusals:
    """What is refused in one stack."""

    before: tuple[Said, ...] = ()
    """What CloudFormation refuses before it makes anything."""
    making: Mapping[str, Said] = field(default_factory=dict)
    """By logical id: the worst of each resource."""
    deleting: Mapping[str, Said] = field(default_factory=dict)


def refusals(findings: Iterable[Finding], stack: str, region: str) -> Refusals:
    """What is certain of ``findings`` in the stack of this name, which is deployed to ``region``."""
    before: list[Said] = []
    making: dict[str, Said] = {}
    deleting: dict[str, Said] = {}
    own = [one for one in findings if one.stack == stack]
    judged = {other for one in own if one.confidence is not Confidence.SCHEMA and certain(one) for other in one.related}
    for finding in sorted(own, key=lambda one: (one.stage.rank, one.severity.rank)):
        if finding.confidence is Confidence.SCHEMA and finding.resource in judged:
            # A linter tells of two resources that do not go together at either; a rule knows which of them is refused.
            continue
        if not finding.conditional and finding.stage in _BEFORE and certain(finding, _BEFORE):
            before.append(said(finding, region))
        elif certain(finding) and finding.resource:
            kind = deleting if finding.stage is Stage.DESTROY else making
            kind.setdefault(finding.resource, said(finding, region))
    return Refusals(tuple(before), making, deleting)


def names(bodies: Mapping[str, Any], besides: str) -> Iterator[str]:
    """The names that a template gives to its resources, but for one of them."""
    for logical_id, body in bodies.items():
        given = (body.get("Properties") or {}).get(own_name(str(body["Type"])) or "")
        if logical_id != besides and isinstance(given, str):
            yield given


def of_the_account(message: str, named: Iterable[str]) -> bool:
    """Whether a service misses something that the program does not make: the user's own account may have it.

    Args:
        message: what the service says.
        named: the names that the program gives to what it makes.
    """
    return _MISSING.search(message) is not None and not any(name in message for name in named if name)
