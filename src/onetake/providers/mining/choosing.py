"""Values that a provider takes, as far as its constraints are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onetake.knowledge.terraform.constraints import Constraint, TypeConstraints
from onetake.knowledge.terraform.judging import judged
from onetake.knowledge.terraform.probes import ACCOUNT, POLICY
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.providers.mining.filling import Names, leaves
from onetake.providers.mining.places import ELEMENT

_ARN = f"arn:aws:{{}}:us-east-1:{ACCOUNT}:{{}}"
_TEXTS = (
    *("onetake-a", "onetake-b", "onetakea", "onetakeb", "Onetake", "Onetakes", "a", "b", "1", "2", "60", "120"),
    *(_ARN.format("iam", "role/onetake"), _ARN.format("iam", "role/other")),
    *(_ARN.format("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab"), _ARN.format("kms", "alias/other")),
    *(ACCOUNT, "210987654321", "us-east-1", "us-west-2", "us-east-1a", "us-east-1b", "10.0.0.0/16", "10.1.0.0/16"),
    *("10.1.2.3", "10.1.2.4", "2001:db8::/56", "2001:db8:1::/56", "2001:db8::1", "2001:db8::2", "{}", '{"a":"b"}'),
    *(POLICY, POLICY.replace("GetObject", "PutObject"), "2090-01-02T03:04:05Z", "2091-01-02T03:04:05Z"),
    *("2090-01-02", "2091-01-02", "https://example.com/a", "https://example.com/b", "a@example.com", "b@example.com"),
    *("www.example.com", "www.example.org", "1h", "2h", "c29tZSBieXRlcw==", "b3RoZXIgYnl0ZXM=", "04:00-05:00"),
    *("05:00-06:00", "sun:04:00-sun:05:00", "mon:04:00-mon:05:00", "1234abcd-12ab-34cd-56ef-1234567890ab"),
    *("4321abcd-12ab-34cd-56ef-1234567890ab", "/onetake/a", "/onetake/b", "s3://onetake/a", "s3://onetake/b"),
    *("alias/onetake-a", "alias/onetake-b", "lt-0123456789abcdef0", "lt-1123456789abcdef0", "vpc-0123456789abcdef0"),
    *("cron(0 12 * * ? *)", "rate(5 minutes)", "true", "false", "04:00", "05:00", "ONETAKE_A", "ONETAKE_B", ".fifo"),
)
_NUMBERS = (1, 2, 0, 3, 5, 8, 60, 120, 300, 600, 1024, 2048, 3600, 7200, 86_400, 172_800, 20, 64, 100, 0.5)


def chosen(found: TypeConstraints, body: BlockSchema, turn: int) -> dict[Names, Any]:
    """A value for every text and number of a type that its constraints allow; other ``turn``s give other values."""
    values: dict[Names, Any] = {}
    for place, type_ in leaves(body):
        inner = type_
        while inner.element is not None:
            inner = inner.element
        if inner.kind not in ("string", "number"):
            continue
        rules = [*found.at(place), *found.at((*place, ELEMENT))]
        fitting = list(_fitting(rules, number=inner.kind == "number", enough=turn + 1))
        if fitting:
            values[place] = fitting[min(turn, len(fitting) - 1)]
    return values


def _fitting(rules: list[Constraint], *, number: bool, enough: int) -> Iterator[Any]:
    """Candidates that no rule is known to refuse; those whose rules were all understood come first."""
    rules = [rule for rule in rules if rule.error and rule.kind not in ("items", "not_settable")]
    candidates = list(_numbers(rules) if number else _texts(rules))
    good = [one for one in candidates if all(judged(rule, one)[0] is not True for rule in rules)]
    sure = [one for one in good if all(judged(rule, one)[0] is False for rule in rules)]
    yield from (sure if len(sure) >= enough else [*sure, *(one for one in good if one not in sure)])


def _texts(rules: list[Constraint]) -> Iterator[str]:
    for rule in rules:
        yield from rule.members
        if rule.minimum and rule.kind == "length":
            yield from (letter * int(rule.minimum) for letter in "ab")
        if rule.minimum is not None and rule.kind == "range":
            yield from (str(rule.minimum), str(rule.minimum + 1))
    yield from _TEXTS


def _numbers(rules: list[Constraint]) -> Iterator[int | float]:
    for rule in rules:
        yield from (int(member) for member in rule.members if member.lstrip("-").isdigit())
        if rule.minimum is not None:
            yield from (rule.minimum, rule.minimum * 2 if rule.kind == "divisible" else rule.minimum + 1)
        if rule.maximum is not None:
            yield from (rule.maximum, rule.maximum - 1)
    yield from _NUMBERS
