"""Where Terraform and OpenTofu can keep their state, and what each kind of backend takes, by their minor versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onetake.knowledge.tables import table
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.types import Type, parse

CLOUD = "cloud"
"""The ``cloud`` block, which is listed like a backend."""
Minor = tuple[int, int]
"""``(1, 11)``."""


def minors(tool: str) -> tuple[Minor, ...]:
    """The minor versions of ``tool`` (``terraform``, ``opentofu``) that are known, newest first."""
    first, last = _span(_kinds()["local"], tool) or ((1, 0), (0, 0))
    return tuple((1, minor) for minor in range(last[1], first[1] - 1, -1))


def kinds(tool: str, minor: Minor) -> Iterator[str]:
    """The kinds of backends that a version has."""
    return (kind for kind, facts in _kinds().items() if kind != CLOUD and _has(facts, tool, minor))


def gone(kind: str) -> str:
    """What Terraform says of a kind that it no longer has; empty where it says nothing special."""
    return str(_kinds().get(kind, {}).get("gone", ""))


def schema(kind: str, tool: str, minor: Minor) -> BlockSchema | None:
    """What a backend takes in one version; ``None`` when that version has no such backend.

    Nothing in it is required: what is missing may be given on the command line.
    """
    facts = _kinds().get(kind)
    return None if facts is None or not _has(facts, tool, minor) else _block(facts["arguments"], tool, minor)


def _kinds() -> Mapping[str, Any]:
    return table("terraform_backends").values


def _span(facts: Mapping[str, Any], tool: str) -> tuple[Minor, Minor] | None:
    found = facts.get(tool)
    return None if found is None else (_minor(found[0]), _minor(found[1]))


def _minor(text: str) -> Minor:
    major, _, minor = text.partition(".")
    return int(major), int(minor)


def _has(facts: Mapping[str, Any], tool: str, minor: Minor) -> bool:
    span = _span(facts, tool)
    return span is not None and span[0] <= minor <= span[1]


def _block(arguments: Mapping[str, Any], tool: str, minor: Minor) -> BlockSchema:
    attributes, blocks = {}, {}
    for name, facts in arguments.items():
        if not _has(facts, tool, minor):
            continue
        if "block" in facts:
            blocks[name] = NestedBlock(name, Nesting.LIST, _block(facts["block"], tool, minor))
        else:
            attributes[name] = AttributeSchema(name, _type(facts), optional=True)
    return BlockSchema(attributes, blocks)


def _type(facts: Mapping[str, Any]) -> Type:
    if "object" not in facts:
        return parse(facts["type"])
    fields = {name: _type(inner) for name, inner in facts["object"].items()}
    return Type("object", fields=fields, optional=frozenset(fields))
