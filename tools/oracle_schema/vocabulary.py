"""What CloudFormation's schemas and AWS's API say of values: members, limits, lengths, by service and name.

None of this was used when the provider was probed, so that settings made of it judge what the probes established.
"""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_SCHEMA = re.compile(r"cfnlint/data/schemas/resources/[0-9a-z_]+\.json")
_MODEL = re.compile(r"botocore/data/(?P<service>[^/]+)/[^/]+/service-2\.json\.gz")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(slots=True)
class Facts:
    """What is said of values of one name."""

    members: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    """Limits of numbers."""
    lengths: set[int] = field(default_factory=set)
    """Limits of the lengths of texts, and of the numbers of elements."""


class Vocabulary:
    """Facts by service and name, as far as services are called alike, and by name alone."""

    def __init__(self, found: Iterator[tuple[str, str, Mapping[str, Any]]]) -> None:
        self._facts: dict[tuple[str, str], Facts] = {}
        for service, name, schema in found:
            for key in ((service, name), ("", name)):
                _add(self._facts.setdefault(key, Facts()), schema)

    def of(self, type_: str, name: str) -> Facts:
        """What is said of ``name`` in the service of a resource type, or else anywhere."""
        service = type_.removeprefix("aws_").partition("_")[0]
        for key in ((service, name), ("", name), ("", name.removeprefix(f"{service}_"))):
            if key in self._facts:
                return self._facts[key]
        return Facts()


def _add(facts: Facts, schema: Mapping[str, Any]) -> None:
    facts.members.update(str(one) for one in schema.get("enum", ()))
    numeric = schema.get("type") in ("integer", "number", "long", "float", "double")
    for name in ("minimum", "maximum", "min", "max", "minLength", "maxLength", "minItems", "maxItems"):
        limit = schema.get(name)
        if isinstance(limit, (int, float)) and abs(limit) < 2**53:
            of_number = name in ("minimum", "maximum") or (name in ("min", "max") and numeric)
            (facts.numbers if of_number else facts.lengths).add(int(limit))


def snake(name: str) -> str:
    """``KmsKeyId`` as Terraform writes it."""
    return "_".join(_WORD.split(name)).lower()


@cache
def vocabulary(cfn_lint: Path, botocore: Path) -> Vocabulary:
    """The vocabulary of two wheels: cfn-lint's, which holds CloudFormation's schemas, and botocore's."""

    def both() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        yield from _of_cloudformation(cfn_lint)
        yield from _of_api(botocore)

    return Vocabulary(both())


def _of_cloudformation(wheel: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    with zipfile.ZipFile(wheel) as archive:
        for file in sorted(filter(_SCHEMA.fullmatch, archive.namelist())):
            schema = json.loads(archive.read(file))
            name = schema.get("typeName", "")
            if name.count("::") == 2:
                yield from ((name.split("::")[1].lower(), *one) for one in _properties(schema))


def _properties(schema: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(schema, list):
        for one in schema:
            yield from _properties(one)
    elif isinstance(schema, dict):
        for name, one in schema.get("properties", {}).items() if isinstance(schema.get("properties"), dict) else ():
            if isinstance(one, dict):
                yield snake(name), one
                items = one.get("items")
                if isinstance(items, dict):
                    yield snake(name), items
        for one in schema.values():
            yield from _properties(one)


def _of_api(wheel: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    with zipfile.ZipFile(wheel) as archive:
        for file in sorted(archive.namelist()):
            found = _MODEL.fullmatch(file)
            if found:
                shapes = json.loads(gzip.decompress(archive.read(file)))["shapes"]
                for shape in shapes.values():
                    for name, member in shape.get("members", {}).items():
                        inner = shapes[member["shape"]]
                        yield found["service"].replace("-", ""), snake(name), inner
                        if inner["type"] == "list":
                            yield found["service"].replace("-", ""), snake(name), shapes[inner["member"]["shape"]]
