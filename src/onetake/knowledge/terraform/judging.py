"""Judging a value by a constraint: what the provider would say of it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache
from typing import Any

from onetake.knowledge.terraform import formats
from onetake.knowledge.terraform.constraints import Constraint, Names, Relation
from onetake.knowledge.terraform.rendering import MEMBER_MARKS, number_text, quoted
from onetake.knowledge.terraform.sets import Element
from onetake.model.records import record


@record
class Refusal:
    """What the provider says of a value."""

    summary: str
    detail: str
    whole: bool = True
    """Whether these are all of its words; else they end where it goes on with a reason that is not worked out here."""


def violation(constraint: Constraint, value: Any, steps: str | Sequence[str | int]) -> Refusal | None:
    """What the provider says of ``value`` at ``steps``; ``None`` when it accepts it or that is not known.

    ``value`` is known and not ``null``: a text, number or truth value; a list or dictionary where a collection is
    judged. ``steps`` is the place with the numbers of blocks, ``("rule", 0, "name")``, or a name.
    """
    refused, reason = judged(constraint, value)
    return refusal(constraint, value, (steps,) if isinstance(steps, str) else steps, reason) if refused else None


def violations(constraint: Constraint, value: Any, steps: str | Sequence[str | int]) -> Iterator[Refusal]:
    """Everything that the provider says of ``value``: several things of one ARN."""
    first = violation(constraint, value, steps)
    if first is None:
        return
    yield first
    besides = formats.arn_besides(value) if constraint.kind == "arn" and isinstance(value, str) else ""
    if besides and "{reason}" in constraint.summary + constraint.detail:
        yield refusal(constraint, value, (steps,) if isinstance(steps, str) else steps, besides)


NUMERIC = frozenset({"range", "whole", "enum", "divisible", "above", "format"})
"""Kinds that numbers are judged by as numbers."""


def judged(constraint: Constraint, value: Any) -> tuple[bool | None, str]:
    """Whether the provider refuses ``value``, and why, as far as it tells; ``None`` when that is not known."""
    if constraint.kind in ("not_settable", "deprecated"):
        return True, ""
    if constraint.kind == "items":
        return _items(constraint, value), ""
    if isinstance(value, bool):
        value = number_text(value)
    if isinstance(value, (int, float)) and constraint.kind not in NUMERIC:
        value = number_text(value)
    found = by_kind(constraint, value) if constraint.exact else None
    for other in constraint.unless if found else ():
        enough = by_kind(other, value)
        if not enough:
            return enough if isinstance(enough, bool) else None, ""
    if isinstance(found, str):
        return True, found
    return found if found is not None else _probed(constraint, value), ""


def by_kind(constraint: Constraint, value: Any) -> bool | str | None:
    """Whether ``value`` is refused by the kind of the constraint alone; a text is the reason that the provider adds."""
    if value == "" and constraint.kind != "format":
        empty = _empty(constraint)
        if empty is not None:
            return empty
    judge = _JUDGES.get(constraint.kind)
    return judge(constraint, value) if judge else None


EMPTY_BIT = 1 << 1
"""The probe that is the empty text; many validators let it pass as if nothing were given."""


def _empty(constraint: Constraint) -> bool | None:
    if constraint.refused & EMPTY_BIT:
        return True if constraint.kind in ("enum", "pattern", "length", "non_empty") else None
    return False if constraint.accepted & EMPTY_BIT else None


def _probed(constraint: Constraint, value: Any) -> bool | None:
    bit = _bits().get(value) if isinstance(value, (str, int, float)) else None
    if bit is None:
        return None
    return True if constraint.refused & bit else False if constraint.accepted & bit else None


@cache
def _bits() -> dict[str | int | float, int]:
    from onetake.knowledge.terraform.probes import NUMBERS, STRINGS

    found: dict[str | int | float, int] = {text: 1 << place for place, text in enumerate(STRINGS.values())}
    return found | {number: 1 << place for place, number in enumerate(NUMBERS.values())}


def _enum(constraint: Constraint, value: Any) -> bool | None:
    text = value if isinstance(value, str) else number_text(value)
    if text in constraint.members:
        return False
    if " " in text and f" {text} " in f" {' '.join(constraint.members)} ":
        return None  # members with spaces may be listed with nothing but spaces between them
    if constraint.folds_case is not False and text.lower() in {member.lower() for member in constraint.members}:
        return None if constraint.folds_case is None else False
    return True


def _length(constraint: Constraint, value: Any) -> bool | None:
    if not isinstance(value, str):
        return None
    length = len(value.encode()) if constraint.unit == "bytes" else len(value)
    return outside(constraint, length)


def _range(constraint: Constraint, value: Any) -> bool | None:
    number = formats.number(value)
    return None if number is None else outside(constraint, number)


def _items(constraint: Constraint, value: Any) -> bool | None:
    return outside(constraint, len(value)) if isinstance(value, (list, tuple, dict, set, frozenset)) else None


def outside(constraint: Constraint, number: int | float) -> bool:
    """Whether ``number`` is beyond the constraint's bounds."""
    low, high = constraint.minimum, constraint.maximum
    return (low is not None and number < low) or (high is not None and number > high)


def _pattern(constraint: Constraint, value: Any) -> bool | None:
    expression = formats.go_pattern(constraint.pattern)
    if expression is None or not isinstance(value, str):
        return None
    return expression.search(value) is None


LONG = 4096
"""Texts of more characters are not matched with shapes: some take time that grows with the cube of the length."""


def _shape(constraint: Constraint, value: Any) -> bool | None:
    """A shape is what every accepted text has; others may have it, too."""
    return _pattern(constraint, value) or None if isinstance(value, str) and len(value) < LONG else None


def _format(test: Callable[[str], bool | str | None]) -> Callable[[Constraint, Any], bool | str | None]:
    def judge(_: Constraint, value: Any) -> bool | str | None:
        found = test(value) if isinstance(value, str) else None
        return found if found is None or isinstance(found, str) else not found

    return judge


def _arn(constraint: Constraint, value: Any) -> bool | str | None:
    found = formats.arn(value) if isinstance(value, str) else None
    if not isinstance(found, str):
        return found if found is None else not found
    told = "{reason}" in constraint.summary + constraint.detail
    return found if told or found in formats.UNPARSED_ARN else None


def _divisible(constraint: Constraint, value: Any) -> bool | None:
    return value % constraint.minimum != 0 if isinstance(value, (int, float)) and constraint.minimum else None


def _above(constraint: Constraint, value: Any) -> bool | None:
    return value <= constraint.minimum if isinstance(value, (int, float)) and constraint.minimum is not None else None


def _cidr_version(constraint: Constraint, value: Any) -> bool | None:
    return not formats.cidr_version(value, constraint.minimum) if isinstance(value, str) else None


def _url_scheme(constraint: Constraint, value: Any) -> bool | None:
    found = formats.url_scheme(value, constraint.members) if isinstance(value, str) else None
    return found if found is None else not found


_JUDGES: dict[str, Callable[[Constraint, Any], bool | str | None]] = {
    "enum": _enum,
    "length": _length,
    "range": _range,
    "pattern": _pattern,
    "shape": _shape,
    "divisible": _divisible,
    "above": _above,
    "cidr_version": _cidr_version,
    "url_scheme": _url_scheme,
    "non_empty": lambda _, value: value == "",
    "whole": lambda _, value: isinstance(value, float) and not value.is_integer(),
    **{kind: _format(test) for kind, test in formats.TESTS.items()},
    "arn": _arn,
}


_COUNTS = ("Too many list items", "Not enough list items")
"""Summaries of the older SDK, which names places with dots."""


def refusal(constraint: Constraint, value: Any, steps: Sequence[str | int], reason: str = "") -> Refusal:
    """The constraint's words about ``value`` at ``steps``."""
    words = {
        "{key}": dotted(steps),
        "{around}": dotted(steps[:-1]),
        "{path}": dotted(steps) if constraint.summary in _COUNTS else bracketed(steps),
        "{name}": next((str(step) for step in reversed(steps) if isinstance(step, str)), ""),
        "{value}": value if isinstance(value, str) else number_text(value),
        "{quoted}": quoted(value if isinstance(value, str) else number_text(value)),
        "{float}": f"{value:.6f}" if isinstance(value, (int, float)) else str(value),
    }
    words |= {mark: listed(constraint.members) for mark, listed in MEMBER_MARKS.items()}
    if constraint.kind in ("length", "items"):
        reason = str(measure(constraint, value))
    words["{reason}"] = reason
    whole = bool(reason) or "{reason}" not in constraint.summary + constraint.detail
    parts = []
    for template in (constraint.summary, constraint.detail):
        known = template if whole else template.partition("{reason}")[0].rstrip(" :")
        parts.append(re.sub(r"\{\w+\}", lambda found: words.get(found[0], found[0]), known))
    return Refusal(parts[0], parts[1], whole)


def measure(constraint: Constraint, value: Any) -> int:
    """What the provider counts of a value: bytes or characters of a text, elements of a collection."""
    if isinstance(value, str):
        return len(value.encode()) if constraint.unit == "bytes" else len(value)
    return len(value) if isinstance(value, (list, tuple, dict, set, frozenset)) else 0


def dotted(steps: Sequence[str | int]) -> str:
    """A place as the older texts name it: ``rule.0.name``."""
    return ".".join(map(str, steps))


def bracketed(steps: Sequence[str | int]) -> str:
    """A place as the newer texts name it: ``rule[0].name``."""
    return "".join(f"[{_index(step)}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _index(step: int) -> str:
    return f"Value({step.text})" if isinstance(step, Element) else str(step)


def breakable(relation: Relation, written: Container[str]) -> bool:
    """Whether a resource in which nothing but ``written`` stands may break ``relation``."""
    if len(relation.at) > 1 and relation.at[0] not in written:
        return False
    mine = not relation.at or relation.at[0] in written
    match relation.kind:
        case "conflicts":
            return mine and any(names[0] in written for names in relation.members)
        case "required_with":
            return mine
        case "only_one_of":
            return sum(names[0] in written for names in relation.members) > 1
        case _:
            return True


def broken(relation: Relation, given: Callable[[Names], bool | None]) -> Refusal | None:
    """What the provider says when ``relation`` is broken; ``None`` when it holds or that is not known.

    ``given`` tells of an argument or block whether it has a value; ``None`` when that is not known.
    """
    if len(relation.at) > 1 and given(relation.at[:-1]) is not True:
        return None
    members = [given(member) for member in relation.members]
    mine = given(relation.at) if relation.at else True
    match relation.kind:
        case "required":
            found = mine is False
        case "conflicts":
            found = mine is True and True in members
        case "required_with":
            found = mine is True and False in members and None not in members
        case "at_least_one_of" | "exactly_one_of":
            # The argument that asks for one of others is often one of them without being named.
            found = all(one is False for one in members) and (not relation.at or mine is False)
        case "only_one_of":
            found = members.count(True) > 1 and None not in members
        case _:
            found = False
    if not found:
        return None
    there = ",".join(text for text, one in zip(relation.written, members, strict=True) if one)
    return Refusal(
        relation.summary, relation.detail.replace("{given}", there).replace("{count}", str(members.count(True)))
    )
