"""Questions to a synthesized stack: what is in it, and what points to what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from onetake.model.records import record

REFERENCE: Final = re.compile(r"\$\{((?:data\.)?[\w-]+\.[\w-]+)\b")


@record
class Resource:
    """One resource of a synthesized stack.

    Attributes:
        kind: its type, such as ``aws_vpc``.
        name: in the program.
        path: of its construct, below the stack.
        arguments: as Terraform reads them, without cdktn's notes.
    """

    kind: str
    name: str
    path: tuple[str, ...]
    arguments: Mapping[str, Any]

    @property
    def address(self) -> str:
        """As Terraform tells it."""
        return f"{self.kind}.{self.name}"

    @property
    def module(self) -> str:
        """The part of the platform that it belongs to; ``stack`` for what stands in the stack itself."""
        return self.path[0] if len(self.path) > 1 else "stack"

    @property
    def references(self) -> frozenset[str]:
        """Addresses of the resources and data sources that its arguments name."""
        return frozenset(_references(self.arguments))


class Synthesized:
    """A stack that was synthesized to Terraform's JSON.

    Args:
        folder: of the stack, which holds ``cdk.tf.json``.

    Raises:
        OSError: it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document: Mapping[str, Any] = json.loads((folder / "cdk.tf.json").read_text(encoding="utf-8"))

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """All resources, in the order of the file."""
        return tuple(
            Resource(kind, name, _path(arguments), {key: value for key, value in arguments.items() if key != "//"})
            for kind, named in self.document.get("resource", {}).items()
            for name, arguments in named.items()
        )

    @cached_property
    def by_address(self) -> Mapping[str, Resource]:
        """All resources by their addresses."""
        return {one.address: one for one in self.resources}

    def of(self, kind: str) -> tuple[Resource, ...]:
        """The resources of a type."""
        return tuple(one for one in self.resources if one.kind == kind)

    def data(self, kind: str) -> Mapping[str, Mapping[str, Any]]:
        """The data sources of a type, by name."""
        found: Mapping[str, Mapping[str, Any]] = self.document.get("data", {}).get(kind, {})
        return found

    def statements(self, policy: object) -> list[Mapping[str, Any]]:
        """The statements of a policy that points to a policy document of the stack; none for any other."""
        found = REFERENCE.match(str(policy))
        kind, _, name = found[1].rpartition(".") if found else ("", "", "")
        if kind != "data.aws_iam_policy_document":
            return []
        return list(self.data("aws_iam_policy_document")[name].get("statement", ()))


def blocks(value: Any) -> list[Any]:
    """Blocks, which Terraform's JSON writes as a list or, where there is one, as an object."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _path(arguments: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(arguments["//"]["metadata"]["path"].split("/")[1:])


def _references(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from REFERENCE.findall(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
