"""The values of a planned resource: what the plan knows, what it does not, and what that refers to.

A plan gives a value (``after``), what of it is unknown (``after_unknown``), what of it is sensitive
(``after_sensitive``), and the names in the expression that makes it. It does not give the expression itself: whether
an unknown text is another resource's ARN or begins with it, nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from onetake.frontends.plan.addresses import Place
from onetake.frontends.plan.configuration import Target, references
from onetake.frontends.terraform.lazy import Lazy
from onetake.model.records import record, replace
from onetake.model.values import Absent, Gap, Known, Reference, Span, Unknown, Value

SENSITIVE = "it is sensitive"
"""Why a value is not known that the plan holds and nobody may see."""
_LEAF = frozenset({"constant_value", "references"})
_SHORTEST_SECRET = 6
"""A shorter literal cannot be masked in a sentence without making nonsense of it; it is not told at all."""
_ENDING = re.compile(r"_(?:name|id|identifier|url)s?$|s$")
_MADE_OF_ARN = frozenset({"source_arn", "resource_arn"})
"""Arguments that usually hold an ARN with something behind it."""


class Surroundings(Protocol):
    """What the rest of the plan knows."""

    secrets: set[str]
    """Where known secrets are collected, so that nobody prints them."""

    def point(self, place: Place, names: list[str]) -> Target | None:
        """The one resource that the names in an expression lead to, if it is only one."""

    def owner(self, known: str) -> str:
        """The address of the resource whose id or ARN a text is; empty if there is none."""

    def result(self, target: Target, where: Span) -> Value[object] | None:
        """What is known of an attribute; ``None`` if nothing is."""


@record(frozen=False)
class Reader:
    """Turns the parts of one change into values."""

    address: str
    kind: str
    """The resource type."""
    place: Place
    where: Span
    plan: Surroundings

    def arguments(self, change: Mapping[str, Any], expressions: dict[str, Any], *, written: bool) -> Lazy:
        """The arguments that the program sets: those that have an expression, and blocks that are there.

        Dynamic blocks, and blocks that the provider takes for attributes, have no expression in a plan. Where the
        configuration is not in the plan at all (``written`` is false), whatever has a value counts as set.
        """
        after = _object(change.get("after"))
        unknown, sensitive = change.get("after_unknown"), change.get("after_sensitive")
        names = [name for name in expressions if isinstance(name, str) and name != "timeouts"]
        names += [name for name, value in after.items() if name not in expressions and (_blocks(value) or not written)]

        def find(name: str) -> Value[object]:
            inner, masked = _inside(unknown, name), _inside(sensitive, name)
            there = replace(self, where=self.where / name)
            return there.value(after.get(name), inner, masked, expressions.get(name), name)

        return Lazy(dict.fromkeys(names), find)

    def value(self, known: Any, unknown: Any, sensitive: Any, expression: Any, name: str) -> Value[object]:
        """One value with all that is inside."""
        if sensitive is True:
            return self._sensitive(known, expression)
        nested = _nested(expression)
        if nested is not None:
            return self._blocks(known, unknown, sensitive, nested, name)
        names = references({"": expression}, ("",)) if isinstance(expression, dict) else []
        if unknown is True:
            return self._unknown(names, name, listed=sensitive == [])
        return self._data(known, unknown, sensitive, names, name)

    def _sensitive(self, known: Any, expression: Any) -> Value[object]:
        literal = expression.get("constant_value") if isinstance(expression, dict) else None
        if isinstance(literal, str) and literal == known and len(literal) >= _SHORTEST_SECRET:
            self.plan.secrets.add(literal)
            return Known(literal, self.where)
        return Unknown(SENSITIVE, self.where, (Gap(f"a sensitive value of {self.address}"),))

    def _data(self, known: Any, unknown: Any, sensitive: Any, names: list[str], name: str) -> Value[object]:
        if isinstance(known, list):
            return self._list(known, unknown, sensitive, names, name)
        if isinstance(known, dict):
            keys = dict.fromkeys((*known, *_object(unknown)))
            return Known(
                {
                    key: self.value(known.get(key), _inside(unknown, key), _inside(sensitive, key), None, key)
                    for key in keys
                },
                self.where,
            )
        if known is None:
            return Absent(self.where)
        if isinstance(known, str):
            return Known(known, self.where, self._origin(known, names))
        return Known(known, self.where) if isinstance(known, (bool, int, float)) else Absent(self.where)

    def _list(self, known: list[Any], unknown: Any, sensitive: Any, names: list[str], name: str) -> Value[object]:
        each = [[one] for one in names] if len(names) == len(known) else [[] for _ in known]
        items: list[Value[object]] = []
        for index, item in enumerate(known):
            if _inside(unknown, index) is True:
                items.append(self._unknown(each[index], name))
            elif isinstance(item, dict):
                items.append(self._block(item, _inside(unknown, index), _inside(sensitive, index), {}))
            else:
                inner = _inside(sensitive, index)
                items.append(
                    self._sensitive(item, None) if inner is True else self._data(item, None, inner, each[index], name)
                )
        return Known(tuple(items), self.where)

    def _unknown(self, names: list[str], name: str, *, listed: bool = False) -> Value[object]:
        why = "it is known after the deployment"
        if listed:
            members = [self.plan.point(self.place, [one]) for one in names]
            if names and all(one is not None and one.attribute in ("id", "arn", "name") for one in members):
                return Known(tuple(self._unknown([one], name) for one in names), self.where)
            return Unknown(why, self.where, (Gap(f"{name} of {self.address}"),))
        target = self.plan.point(self.place, names)
        if target is None:
            return Unknown(why, self.where, (Gap(f"{name} of {self.address}"),))
        reference = Reference(target.address, target.attribute)
        if _plainly(self.kind, name, target):
            return self.plan.result(target, self.where) or Unknown(why, self.where, (reference,))
        return Unknown(why, self.where, (Gap(f"{name} of {self.address}"),), taken_from=reference)

    def _origin(self, known: str, names: list[str]) -> Reference | None:
        owner = self.plan.owner(known)
        if owner:
            return Reference(owner, "arn" if known.startswith("arn:") else "id")
        target = self.plan.point(self.place, names)
        return Reference(target.address, target.attribute) if target and target.attribute else None

    def _blocks(
        self, known: Any, unknown: Any, sensitive: Any, expressions: Sequence[dict[str, Any]], name: str
    ) -> Value[object]:
        if isinstance(known, dict):
            return self._block(known, unknown, sensitive, expressions[0] if expressions else {})
        if not isinstance(known, list):
            return Unknown("it is known after the deployment", self.where, (Gap(f"{name} of {self.address}"),))
        pairs = _paired(known, expressions)
        return Known(
            tuple(
                self._block(item, _inside(unknown, index), _inside(sensitive, index), expression)
                for index, (item, expression) in enumerate(pairs)
            ),
            self.where,
        )

    def _block(self, known: Any, unknown: Any, sensitive: Any, expression: Mapping[str, Any]) -> Value[object]:
        """A block: of what the provider fills in by itself, only what says something."""
        if not isinstance(known, dict):
            return Unknown("it is known after the deployment", self.where)
        if expression:
            names = [name for name in expression if isinstance(name, str)]
            names += [name for name, value in known.items() if name not in expression and _blocks(value)]
        else:
            names = [name for name, value in known.items() if not _nothing(value)]
            names += [name for name in _object(unknown) if name not in known and _inside(unknown, name) is True]
        found = {}
        for name in names:
            inner = _inside(unknown, name), _inside(sensitive, name), expression.get(name)
            found[name] = self.value(known.get(name), *inner, name)
        return Known(found, self.where)


def secret_texts(data: Any) -> Iterator[str]:
    """The texts in sensitive data that are long enough to be masked wherever they are printed."""
    pending = [data]
    while pending:
        match pending.pop():
            case dict() as fields:
                pending += fields.values()
            case list() as items:
                pending += items
            case str() as found if len(found) >= _SHORTEST_SECRET:
                yield found


def _paired(items: list[Any], expressions: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Each block with its expressions: in order, or where the provider sorts them, by what they surely hold."""
    ordered = len(items) == len(expressions) and all(map(_fits, items, expressions))
    for index, item in enumerate(items):
        fitting = [one for one in expressions if _fits(item, one)] if not ordered else [expressions[index]]
        if len(fitting) == 1:
            yield item, fitting[0]
        else:
            # Which of them it is cannot be told: the names that they set, without what those refer to.
            yield item, {name: {} for one in fitting or expressions for name in one}


def _fits(item: Any, expression: Mapping[str, Any]) -> bool:
    if not isinstance(item, dict):
        return False
    for name, inner in expression.items():
        literal = inner.get("constant_value") if isinstance(inner, dict) else None
        if isinstance(literal, (str, bool, int, float)) and item.get(name) not in (literal, None):
            return False
    return True


def _plainly(kind: str, name: str, target: Target) -> bool:
    """Whether an argument that mentions an attribute surely *is* it: ids, ARNs, and what names its kind of thing.

    ``vpc_id`` that mentions ``aws_vpc.main.id``, ``cluster`` that mentions ``aws_ecs_cluster.main.id``, but not a
    bucket's own name that mentions another bucket's.
    """
    attribute = target.attribute
    if target.name.startswith("data.aws_iam_policy_document."):
        return attribute in ("json", "minified_json")
    if attribute == "arn" and name.endswith(("arn", "arns", "role")):
        return name not in _MADE_OF_ARN
    if attribute == "id" and name.endswith(("_id", "_ids")):
        return True
    other = target.name.removeprefix("data.").partition(".")[0]
    same = attribute == name != "name"
    return other != kind and "." not in attribute and (same or other.endswith(_ENDING.sub("", name)))


def _nested(expression: Any) -> list[dict[str, Any]] | None:
    """The expressions of blocks; ``None`` for those of an attribute."""
    if isinstance(expression, list):
        return [one for one in expression if isinstance(one, dict)]
    if isinstance(expression, dict) and not expression.keys() <= _LEAF:
        return [expression]
    return None


def _blocks(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _inside(mask: Any, key: str | int) -> Any:
    """What ``after_unknown`` or ``after_sensitive`` says of a part; ``True`` for the whole holds for all parts."""
    if mask is True:
        return True
    if isinstance(mask, dict) and isinstance(key, str):
        return mask.get(key)
    if isinstance(mask, list) and isinstance(key, int) and key < len(mask):
        return mask[key]
    return None
