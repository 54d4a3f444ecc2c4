"""What the provider refuses, in its words and in ours."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from onetake.frontends.terraform.schemas import problems
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.suggestions import nearest
from onetake.frontends.terraform.values import as_text
from onetake.knowledge.terraform.constraints import Constraint, Relation
from onetake.knowledge.terraform.formats import network_around
from onetake.knowledge.terraform.judging import Refusal, by_kind, dotted, measure
from onetake.model.findings import Severity, Stage
from onetake.model.records import replace
from onetake.model.values import Span

_SHOWN = 12
"""How many members of an enumeration a message lists."""
_LONGEST = 60
_NOUNS = {
    "arn": "no ARN",
    "json": "no JSON",
    "iam_policy": "no JSON policy",
    "cidr": "no CIDR block",
    "no_host_bits": "no CIDR block that starts at its network's address",
    "ipv4_network": "no IPv4 CIDR block that starts at its network's address",
    "ipv6_network": "no IPv6 CIDR block that starts at its network's address",
    "ip": "no IP address",
    "ipv4": "no IPv4 address",
    "ipv6": "no IPv6 address",
    "rfc3339": "no RFC 3339 time such as 2030-01-02T15:04:05Z",
    "duration": "no duration such as 1h30m",
    "base64": "not base64",
    "account_id": "no account id of 12 digits",
    "region": "no name of a region",
    "uuid": "no UUID",
    "url": "no URL",
    "url_host": "no URL with a host",
    "https_url": "no https URL",
    "whole": "no whole number",
    "integer": "no whole number",
    "decimal": "no number",
    "truth": "neither true nor false",
    "weekly_window": "no window such as sun:04:00-sun:05:00",
    "daily_window": "no window such as 04:00-05:00",
    "not_blank": "blank",
    "non_empty": "empty",
}
_NETWORKS = frozenset({"no_host_bits", "ipv4_network", "ipv6_network"})
_BOUNDED = frozenset({"range", "length", "items", "divisible", "above"})


def of_value(constraint: Constraint, value: object, said: Refusal, where: Span, steps: Sequence[str | int]) -> Problem:
    """The problem that a value breaks a constraint."""
    name = next((step for step in reversed(steps) if isinstance(step, str)), "")
    if constraint.kind == "deprecated":
        message = f'sets the argument "{name}", which is deprecated'
        return Problem(problems.ARGUMENT_DEPRECATED, where, said.summary, said.detail, message, severity=Severity.LOW)
    message, fix = _told(constraint, value, name)
    severity = Severity.CRITICAL if constraint.error else Severity.LOW
    return Problem(_rule(constraint.kind), where, said.summary, said.detail, message, fix, severity=severity)


def hidden(problem: Problem) -> Problem:
    """The problem without the secret value that the provider prints."""
    message = re.sub(r'^(sets "\w+") to .*', r"\1 to a value that the provider refuses", problem.message)
    return replace(problem, summary="", detail="", message=message, sensitive=True)


def _rule(kind: str) -> str:
    if kind == "enum":
        return problems.VALUE_NOT_ALLOWED
    return problems.VALUE_OUT_OF_RANGE if kind in _BOUNDED else problems.VALUE_MALFORMED


def _told(constraint: Constraint, value: object, name: str) -> tuple[str, str]:
    """Our message, and what to write instead."""
    given = _shown(value)
    match constraint.kind:
        case "enum":
            near = _alike(as_text(value), constraint.members)
            known = _listed(constraint.members, as_text(value))
            said = f'sets "{name}" to {given}, which the provider does not take'
            return (f'{said}; did you mean "{near}"?', f'Write "{near}".') if near else (said, f"Take one of {known}.")
        case "length" | "items":
            what = constraint.unit if constraint.kind == "length" else "elements"
            return f'gives "{name}" {measure(constraint, value)} {what}; it takes {_bounds(constraint)}', ""
        case "range":
            return f'sets "{name}" to {given}; it takes {_bounds(constraint)}', ""
        case "divisible":
            return f'sets "{name}" to {given}, which is no multiple of {constraint.minimum}', ""
        case "above":
            return f'sets "{name}" to {given}; it has to be more than {constraint.minimum}', ""
        case "pattern" if constraint.pattern:
            return f'sets "{name}" to {given}, which does not match {constraint.pattern}', ""
        case kind:
            noun = _NOUNS.get(kind)
            said = f'sets "{name}" to {given}, which ' + (f"is {noun}" if noun else "the provider refuses")
            return said, _network(constraint, as_text(value)) if kind in _NETWORKS else ""


def _network(constraint: Constraint, text: str) -> str:
    """The network in which the address lies, where that would be taken."""
    meant = network_around(text)
    return f'Write "{meant}".' if meant and by_kind(constraint, meant) is False else ""


def _shown(value: object) -> str:
    if not isinstance(value, str):
        return as_text(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f'{text[: _LONGEST - 5]}..."'


def _alike(text: str, members: Sequence[str]) -> str:
    """The member that was meant: but for its case, its separators or a letter or two; never for its numbers."""
    same = {_bare(member): member for member in members}
    near = same.get(_bare(text), "") or nearest(text, members, alike=0.75)
    return near if near and _figures(near) == _figures(text) else ""


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _listed(members: Sequence[str], meant: str) -> str:
    """The members, of many rather those that look like what was meant, or else the newest of each family."""
    if len(members) <= _SHOWN:
        return ", ".join(members)
    newest_first = sorted(members, key=_natural, reverse=True)
    akin = [member for member in newest_first if _family(member) == _family(meant)]
    newest = {_family(member): member for member in reversed(newest_first)}
    shown = (akin or [member for member in members if newest[_family(member)] == member])[:_SHOWN]
    return f"{', '.join(shown)} and {len(members) - len(shown)} more"


def _family(text: str) -> str:
    """What comes before the first number: ``python`` of ``python3.13``, ``db.t`` of ``db.t3.micro``."""
    return re.split(r"\d", text.lower(), maxsplit=1)[0]


def _natural(text: str) -> list[tuple[int, str]]:
    """Numbers in order of their values."""
    return [(int(number or -1), word) for number, word in re.findall(r"(\d+)|(\D+)", text)]


def _bounds(constraint: Constraint) -> str:
    low, high = constraint.minimum, constraint.maximum
    if low is not None and high is not None:
        return f"{as_text(low)} to {as_text(high)}" if low != high else f"exactly {as_text(low)}"
    return f"at least {as_text(low)}" if low is not None else f"at most {as_text(high)}"


def of_relation(relation: Relation, said: Refusal, present: Sequence[str], where: Span, stage: Stage) -> Problem:
    """The problem that arguments do not go together, or that one is lacking; ``present`` are the members given."""
    at = dotted(relation.at)
    others = [dotted(member) for member in relation.members]
    match relation.kind:
        case "conflicts":
            rule, message = problems.ARGUMENTS_CONFLICT, f'sets both "{at}" and "{others[0]}", which exclude each other'
            fix = f"Take {at} or {others[0]} away."
        case "only_one_of":
            rule = problems.ARGUMENTS_CONFLICT
            message = f"sets {_and(present)}, of which only one is taken"
            fix = "Keep one of them."
        case "required":
            rule, message, fix = problems.ARGUMENT_MISSING, f'lacks the required argument "{at}"', f"Set {at}."
        case "required_with":
            lacking = [name for name in others if name not in present and name != at]
            rule, message = problems.CHOICE_MISSING, f'sets "{at}" without {_and(lacking)}'
            fix = f"Set {_and(lacking)}, too, or take {at} away."
        case _:
            rule, message = problems.CHOICE_MISSING, f"sets none of {_and(others)}"
            fix = "Set one of them." if relation.kind == "exactly_one_of" else "Set at least one of them."
    return Problem(rule, where, said.summary, said.detail, message, fix, stage)


def _and(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in dict.fromkeys(names)]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
