"""A provider's schemas as CDK Terrain's bindings tell them: for versions whose binary is not at hand.

The bindings are generated from the provider's own schema. They keep the names (in links to the documentation), the
types and what is required; they lose whether an optional argument is also computed, whether a collection is a list or
a set, and limits other than one. What is lost is told as unknown.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onetake.knowledge.terraform.schema import (
    AttributeSchema,
    BlockSchema,
    Kind,
    NestedBlock,
    Nesting,
    ProviderSchema,
    TypeSchema,
)
from onetake.knowledge.terraform.types import Type

_REGISTRY = re.compile(
    r"providers/hashicorp/aws/([0-9.]+)/docs(?:/(resources|data-sources|ephemeral-resources)/\S+)? (\w+)\}"
)
_ARGUMENT = re.compile(r"/docs[^#\s]*#([a-z0-9_]+) ")
_KINDS = {
    "cdktn.TerraformResource": Kind.RESOURCE,
    "cdktn.TerraformDataSource": Kind.DATA_SOURCE,
    "cdktn.TerraformEphemeralResource": Kind.EPHEMERAL,
    "cdktn.TerraformProvider": Kind.PROVIDER,
}
_SCALARS = {"string": Type("string"), "number": Type("number"), "boolean": Type("bool"), "any": Type("dynamic")}
_ANY = Type("dynamic")
_OWN = frozenset({"fqn", "internalValue", "creationStack"})
"""Properties that the framework brings."""
DEPTH = 14
"""Levels of blocks: the bindings fold bodies that recur into one struct that holds itself; the provider's end."""


def assembly(wheel: Path) -> Mapping[str, Any]:
    """The description of all classes that the bindings in ``wheel`` have."""
    with zipfile.ZipFile(wheel) as archive:
        inner = next(name for name in archive.namelist() if name.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(archive.read(inner))) as package:
            names = package.getnames()
            name = "package/.jsii.gz" if "package/.jsii.gz" in names else "package/.jsii"
            content = package.extractfile(name)
            data = content.read() if content else b"{}"
    found: dict[str, Any] = json.loads(gzip.decompress(data) if name.endswith(".gz") else data)
    return found


class Bindings:
    """Reads schemas out of a jsii assembly."""

    def __init__(self, types: Mapping[str, Any], spelling: Mapping[str, str]) -> None:
        """``spelling`` gives the names of attributes that can only be read, by those names without underscores."""
        self._types = types
        self._spelling = spelling
        self._body = cache(self._made)

    def provider(self) -> ProviderSchema:
        """Everything that the bindings describe."""
        found: dict[Kind, dict[str, TypeSchema]] = {kind: {} for kind in Kind}
        version = ""
        for name, described in self._types.items():
            kind = _KINDS.get(described.get("base", ""))
            told = _REGISTRY.search(described.get("docs", {}).get("summary", ""))
            if kind is None or told is None:
                continue
            version = told[1]
            # The struct gets another letter where a class has its name already.
            struct = f"{name}Config" if f"{name}Config" in self._types else f"{name}ConfigA"
            body = self._with_results(self._body(struct), described)
            own = "aws" if kind is Kind.PROVIDER else told[3]
            found[kind][own] = TypeSchema(kind, own, body, None)
        configuration = found[Kind.PROVIDER]["aws"]
        return ProviderSchema(
            version, configuration, found[Kind.RESOURCE], found[Kind.DATA_SOURCE], found[Kind.EPHEMERAL]
        )

    def _made(self, name: str, depth: int = DEPTH) -> BlockSchema:
        if not depth:
            return BlockSchema({}, {}, None)
        attributes: dict[str, AttributeSchema] = {}
        blocks: dict[str, NestedBlock] = {}
        for one in self._types[name].get("properties", ()):
            text = f"{one['docs'].get('summary', '')} {one['docs'].get('remarks', '')}"
            link = _ARGUMENT.search(text)
            own = link[1] if link else snake(one["name"])
            struct, several = self._struct(one["type"])
            required = not one.get("optional", False)
            if struct and one["docs"].get("summary", "") == f"{own} block.":
                blocks[own] = NestedBlock(
                    own, Nesting.LIST, self._body(struct, depth - 1), int(required), None if several else 1
                )
            else:
                type_ = self._type(one["type"], depth - 1)
                attributes[own] = AttributeSchema(
                    own,
                    type_,
                    required,
                    not required,
                    None,
                    True if one["docs"].get("deprecated") else None,
                    None,
                    None,
                )
        body = BlockSchema(attributes, blocks, None)
        return self._with_results(body, self._types.get(f"{name}OutputReference", {}))

    def _with_results(self, body: BlockSchema, described: Mapping[str, Any]) -> BlockSchema:
        """The body with what can only be read: properties of the class that are no arguments."""
        attributes = dict(body.attributes)
        plain = {name.replace("_", "") for name in body.names}
        for one in described.get("properties", ()):
            name = one["name"]
            if one.get("static") or not one.get("immutable") or name.endswith("Input") or name in _OWN:
                continue
            own = snake(name)
            if own.replace("_", "") not in plain:
                own = self._spelling.get(own.replace("_", ""), own)
                attributes[own] = AttributeSchema(own, self._type(one["type"]), False, False, True, None, None, None)
        return BlockSchema(attributes, body.blocks, None)

    def _struct(self, type_: Mapping[str, Any]) -> tuple[str, bool]:
        """The struct that a property takes, and whether it takes several."""
        for one in _alternatives(type_):
            if one.get("fqn") in self._types and self._types[one["fqn"]]["kind"] == "interface":
                return one["fqn"], False
            collection = one.get("collection")
            if collection and collection["kind"] == "array":
                inner, _ = self._struct(collection["elementtype"])
                if inner:
                    return inner, True
        return "", False

    def _type(self, type_: Mapping[str, Any], depth: int = DEPTH) -> Type:
        struct, several = self._struct(type_)
        if struct:
            body = self._body(struct, depth)
            fields = {name: one.type for name, one in body.attributes.items()}
            fields |= dict.fromkeys(body.blocks, _ANY)
            inner = Type("object", fields=fields, optional=frozenset(fields))
            return Type("list", inner) if several else inner
        for one in _alternatives(type_):
            if one.get("primitive") in _SCALARS:
                return _SCALARS[one["primitive"]]
            collection = one.get("collection")
            if collection:
                kind = "list" if collection["kind"] == "array" else "map"
                return Type(kind, self._type(collection["elementtype"], depth))
        return _ANY


def _alternatives(type_: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from type_["union"]["types"] if "union" in type_ else (type_,)


def snake(name: str) -> str:
    """``ipv6CidrBlock`` as Terraform spells it."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
