"""Settings of arguments: valid ones, ones at a limit, wrong ones, several at once, for the provider and for us.

Made of the schema's types, of what CloudFormation and AWS's API say of values (``vocabulary``), and of chance; never of
the probes or of what was learned with them.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from onetake.knowledge.terraform.schema import BlockSchema, Kind, Nesting, ProviderSchema
from onetake.knowledge.terraform.types import Type
from tools.oracle_schema.generating import ENORMOUS
from tools.oracle_schema.vocabulary import Vocabulary

DEPTH = 4
WIDE = 100
"""Blocks with more attributes, such as the provider's ``endpoints``, take it seconds."""
_SIGNS = string.ascii_letters + string.digits + "-_./:@#+=, "
_STATEMENT = {"Sid": "One", "Effect": "Deny", "Action": ["sqs:SendMessage"], "Resource": "*"}
_FORMS: dict[str, tuple[str, ...]] = {
    "arn": (
        "arn:aws:sns:eu-west-1:210987654321:alerts", "arn:aws-cn:s3:::my-logs", "arn:aws:iam::210987654321:user/ann",
        "arn:aws:lambda:us-west-2:210987654321:function:f:1", "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:sqs", "ARN:aws:sns:eu-west-1:210987654321:alerts", "arn:aws:states:us-east-2:21098765432:x",
        "arn:aws:ec2:eu-central-1:210987654321:subnet/subnet-0123456789abcdef0", "arn:::::", "alias/aws/s3",
    ),
    "cidr": (
        "172.16.0.0/12", "192.168.4.0/22", "10.0.0.0/8", "10.20.30.40/24", "0.0.0.0/0", "300.1.1.0/24",
        "fd00::/64", "fd00::1/64", "192.168.1.1", "10.0.0.0/33", "::/0", "172.31.7.9/32",
    ),
    "json": (
        json.dumps({"Version": "2012-10-17", "Statement": [_STATEMENT]}), '{"a": [1, 2, {"b": null}]}', "[1, 2]",
        "null", '"text"', "{'a': 1}", '{"a": 1,}', "{", json.dumps({"Statement": []}), ' {"a": 1}', "not json",
    ),
    "time": (
        "2031-12-31T23:59:59Z", "2031-12-31T23:59:59+02:00", "2031-12-31 23:59", "2031-13-01T00:00:00Z", "03:30",
        "23:10-23:50", "tue:02:15-tue:03:45", "Mon:22:00-Mon:23:00", "25:00-26:00", "5m", "2h", "90s", "1d", "-3s",
        "2031-12-31T23:59:59.123Z", "12h30m15s", "cron(15 4 ? * SUN *)", "rate(1 hour)", "rate(3 hours)", "P1D",
    ),
    "address": (
        "https://hooks.example.org/in?x=1", "http://example.org:8080/a/b", "ftp://example.org/", "example.org",
        "redis://10.0.0.4:6379", "https://", "172.20.1.9", "fe80::1", "256.1.1.1", "ops@example.org", "@example",
        "s3://my-logs/prefix/", "sqs.example", "*.example.org", "https://example.org",
    ),
    "name": (
        "orders", "orders-prod", "Orders_Prod", "orders.fifo", "-orders", "orders-", "orders--prod", "9orders",
        "my orders", "orders/prod", "/orders/prod", "aws-orders", "Größe", "ORDERS", "orders!", "a" * 63, "o",
        "aws:orders", "$default", "_orders", "sg-orders", "default",
    ),
    "id": (
        "vpc-0123456789abcdef0", "subnet-0a1b2c3d", "sg-0f9e8d7c6b5a43210", "ami-0abcdef1234567890", "i-12345678",
        "210987654321", "21098765432", "lt-0123456789abcdef0", "eni-0123456789abcdef0", "us-west-2", "eu-central-1b",
        "fs-01234567", "0c1d2e3f-4a5b-6c7d-8e9f-0a1b2c3d4e5f", "use1-az2", "mars-north-1", "rtb-1", "alias/orders",
    ),
    "number": ("0", "10", "-5", "3.5", "007", "1e3", "99999999999", "+7", "443", "65536", "true", "FALSE", "1_000"),
}  # fmt: skip
_HINTS: tuple[tuple[str, str], ...] = (
    ("arn", "arn"), ("role", "arn"), ("cidr", "cidr"), ("ip", "cidr"), ("policy", "json"), ("json", "json"),
    ("definition", "json"), ("document", "json"), ("body", "json"), ("template", "json"), ("time", "time"),
    ("date", "time"), ("window", "time"), ("duration", "time"), ("schedule", "time"), ("url", "address"),
    ("uri", "address"), ("endpoint", "address"), ("address", "address"), ("email", "address"), ("domain", "address"),
    ("timeout", "number"), ("count", "number"), ("size", "number"), ("port", "number"), ("id", "id"), ("ids", "id"),
    ("account", "id"), ("region", "id"), ("zone", "id"), ("key", "arn"), ("name", "name"), ("prefix", "name"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """Arguments of one type: JSON data with what is given, as ``values.complete`` takes it."""

    kind: Kind
    type: str
    config: Mapping[str, Any]


class Settings:
    """Makes settings, the same for the same seed, schemas and vocabulary."""

    def __init__(self, provider: ProviderSchema, known: Vocabulary, seed: int) -> None:
        self._provider = provider
        self._known = known
        self._chance = Random(seed)

    def made(self, number: int) -> Iterator[Setting]:
        """So many settings, spread over all types; three in four are of resources."""
        resources = self._subjects(Kind.RESOURCE)
        others = [*self._subjects(Kind.DATA_SOURCE), *[(Kind.PROVIDER, "aws")] * 20]
        self._chance.shuffle(others)
        for place in range(number):
            group = others if place % 4 == 3 else resources
            kind, name = group[place // 4 % len(group)] if group is others else group[(place - place // 4) % len(group)]
            yield self.setting(kind, name)

    def setting(self, kind: Kind, name: str) -> Setting:
        """A setting of one type."""
        share = self._chance.choice((0.05, 0.15, 0.3, 0.5))
        return Setting(kind, name, self._body(name, self._provider.of(kind)[name].body, share, DEPTH))

    def _subjects(self, kind: Kind) -> list[tuple[Kind, str]]:
        names = [name for name in sorted(self._provider.of(kind)) if not name.startswith(ENORMOUS)]
        self._chance.shuffle(names)
        return [(kind, name) for name in names]

    def _body(self, type_: str, schema: BlockSchema, share: float, depth: int) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for name, one in schema.attributes.items():
            if one.required or (one.settable and self._chance.random() < share):
                given[name] = self._value(type_, name, one.type)
        for name, nested in schema.blocks.items():
            wanted = nested.minimum or 0
            if name == "timeouts" or len(nested.body.attributes) > WIDE:
                continue
            if not wanted and depth and self._chance.random() < share:
                wanted = min(self._chance.choice((1, 1, 1, 2, 3)), nested.maximum or 3)
            if wanted or nested.nesting is Nesting.GROUP:
                bodies = [self._body(type_, nested.body, share, depth - 1) for _ in range(wanted or 1)]
                single = nested.nesting in (Nesting.SINGLE, Nesting.GROUP)
                given[name] = bodies[0] if single else bodies
        return given

    def _value(self, type_: str, name: str, wanted: Type) -> Any:
        match wanted.kind:
            case "string":
                return self.text(type_, name)
            case "number":
                return self.number(type_, name)
            case "bool":
                return self._chance.random() < 0.5
            case "list" | "set" if wanted.element is not None:
                many = self._chance.choice((1, 1, 1, 2, 3, *self._sizes(type_, name)))
                made = [self._value(type_, name, wanted.element) for _ in range(many)]
                return _distinct(made) if wanted.kind == "set" else made
            case "map" if wanted.element is not None:
                keys = self._chance.sample(("Name", "env", "team", "k-1", "aws:x"), self._chance.choice((1, 2)))
                return {key: self._value(type_, name, wanted.element) for key in keys}
            case "object":
                return {field: self._value(type_, field, inner) for field, inner in wanted.fields.items()}
            case _:
                return None

    def _sizes(self, type_: str, name: str) -> list[int]:
        limits = sorted(one for one in self._known.of(type_, name).lengths if 0 < one <= 30)
        return [one + self._chance.choice((0, 1)) for one in limits[:2]]

    def text(self, type_: str, name: str) -> str:
        """A text for an argument."""
        facts = self._known.of(type_, name)
        kind = self._chance.random()
        if facts.members and kind < 0.55:
            return self._near(self._chance.choice(sorted(facts.members)))
        if facts.lengths and kind < 0.7:
            return self._long(self._chance.choice(sorted(facts.lengths)) + self._chance.choice((-1, 0, 1)))
        if kind < 0.9:
            return self._chance.choice(self._formed(name))
        return self._random()

    def _near(self, member: str) -> str:
        """A member, mostly as it is."""
        if self._chance.random() < 0.65:
            return member
        changed = (member.lower(), member.upper(), member.title(), member[:-1], member + "s", member.replace("_", "-"))
        return self._chance.choice(changed)

    def _formed(self, name: str) -> Sequence[str]:
        words = name.split("_")
        fitting = [form for word, form in _HINTS if word in words]
        if fitting and self._chance.random() < 0.75:
            return _FORMS[self._chance.choice(fitting)]
        return _FORMS[self._chance.choice(sorted(_FORMS))]

    def _long(self, length: int) -> str:
        signs = self._chance.choice((string.ascii_lowercase, string.ascii_letters + string.digits, _SIGNS, "é"))
        return "".join(self._chance.choice(signs) for _ in range(min(max(length, 0), 5000)))

    def _random(self) -> str:
        if self._chance.random() < 0.1:
            return self._chance.choice(("", " ", "\n", "\t", '"', "\\", "a\nb", "ü", "日本", "\u00a0", "x "))
        return self._long(self._chance.choice((1, 2, 3, 5, 8, 13, 21, 33, 64, 65, 129, 256, 257, 513, 1025)))

    def number(self, type_: str, name: str) -> int | float:
        """A number for an argument."""
        limits = sorted(self._known.of(type_, name).numbers)
        kind = self._chance.random()
        if limits and kind < 0.6:
            return self._chance.choice(limits) + self._chance.choice((-1, 0, 0, 1))
        if kind < 0.95:
            return self._chance.choice(
                (-3, 3, 5, 10, 14, 15, 31, 60, 61, 90, 128, 255, 256, 443, 900, 1024, 4096, 8080)
            )
        return self._chance.choice((0.25, 2.5, 70_000, 86_401, 2**31 - 1, 10**7, -86_400))


def _distinct(values: Sequence[Any]) -> list[Any]:
    found = {json.dumps(one, sort_keys=True): one for one in values}
    return [*found.values()]
