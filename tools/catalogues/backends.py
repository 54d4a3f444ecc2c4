"""The backends of Terraform and OpenTofu: which there are, which arguments they take, by version.

Read from the tagged sources of both, which are only looked at here: facts are taken, no code. Where the two keep a
backend's schema has not changed since 1.0; how they write it has, twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tools.catalogues import go_literals as go
from tools.catalogues import repositories
from tools.catalogues.repositories import Release
from tools.catalogues.tables import Draft

TOOLS = ("terraform", "opentofu")
CLOUD = "cloud"
"""The ``cloud`` block, which takes no label; kept under this name beside the backends."""
_LISTING = "internal/backend/init/init.go"
_TYPES = {
    "cty.String": "string",
    "cty.Bool": "bool",
    "cty.Number": "number",
    "schema.TypeString": "string",
    "schema.TypeBool": "bool",
    "schema.TypeInt": "number",
    "schema.TypeFloat": "number",
    "cty.DynamicPseudoType": "dynamic",
    "cty.Set(cty.String)": ["set", "string"],
    "cty.List(cty.String)": ["list", "string"],
    "cty.Map(cty.String)": ["map", "string"],
}
_COLLECTIONS = {"schema.TypeList": "list", "schema.TypeSet": "set", "schema.TypeMap": "map"}
_MAPS = re.compile(r"map\[string\](?:\*schema\.Schema|\*configschema\.(?:Attribute|NestedBlock)|schemaAttribute)\s*\{")

Schema = dict[str, Any]
"""Arguments by name: the JSON of a type, or ``{"block" or "object": the schema of what is nested}``."""


def draft() -> Draft:
    """The table ``terraform_backends``."""
    found: dict[str, Any] = {}
    removed: dict[str, str] = {}
    for tool in TOOLS:
        for minor, release in repositories.releases(tool).items():
            for name, schema in backends(release):
                body = found.setdefault(name, {"arguments": {}})
                _seen(body, tool, minor)
                _merge(body["arguments"], schema, tool, minor)
            if tool == TOOLS[0]:
                removed |= gone(release)
    for name, words in removed.items():
        found.setdefault(name, {"arguments": {}})["gone"] = words
    count = sum(len(body["arguments"]) for body in found.values())
    return Draft(
        "The backends of Terraform and OpenTofu and the arguments they take, by the first and the last "
        "minor version that have them; those of the local backend are the first and the last that were looked at",
        min(repositories.pinned()[tool]["date"] for tool in TOOLS),
        complete=True,
        sources=tuple(repositories.source(tool) for tool in TOOLS),
        values=found,
        counts={"backends": len(found), "arguments": count},
    )


def _seen(facts: dict[str, Any], tool: str, minor: str) -> None:
    facts.setdefault(tool, [minor, minor])[1] = minor


def _merge(known: dict[str, Any], schema: Schema, tool: str, minor: str) -> None:
    for name, type_ in schema.items():
        facts = known.setdefault(name, {"type": type_})
        nested = next((kind for kind in ("block", "object") if isinstance(type_, dict) and kind in type_), "")
        if nested and nested in facts:
            _merge(facts[nested], type_[nested], tool, minor)
        elif nested:
            facts.pop("type")
            facts[nested] = {}
            _merge(facts[nested], type_[nested], tool, minor)
        else:
            facts["type"] = type_
        _seen(facts, tool, minor)


def backends(release: Release) -> Iterator[tuple[str, Schema]]:
    """The backends of a release with their arguments."""
    listing = release.read(_LISTING)
    folders = dict(re.findall(r'(backend\w+) "[^"]*/(internal/[\w/-]+)"', listing))
    registered = go.declared(listing, "Init") or ""
    for name, package in re.findall(r'"(\w+)":\s*func\([^)]*\) \w+\.Backend \{ return (\w+)\.New', registered):
        yield name, schema(go.uncommented(release.folder(folders[package])))
    if f'"{CLOUD}":' not in registered and CLOUD in release.read("internal/configs/parser_config.go"):
        yield CLOUD, schema(go.uncommented(release.folder("internal/cloud")))


def gone(release: Release) -> dict[str, str]:
    """What the release says about backends that it no longer has."""
    found = re.search(r"RemovedBackends = map\[string\]string\{(.*?)\n\t\}", release.read(_LISTING), re.DOTALL)
    return dict(re.findall(r'"(\w+)":\s*`([^`]*)`', found[1])) if found else {}


def schema(source: str) -> Schema:
    """The arguments that the backend in ``source`` declares."""
    text = go.declared(source, "ConfigSchema")
    if text is None or not _MAPS.search(text):
        text = go.declared(source, "New") or ""
    return dict(_arguments(text, source))


def _arguments(text: str, source: str) -> Iterator[tuple[str, Any]]:
    """The entries of every map of schemas in ``text`` that is not inside another one."""
    place = 0
    bare = go.blanked(text)
    while found := _MAPS.search(bare, place):
        opened = found.end() - 1
        place = go.closing(bare, opened)
        for key, value in go.entries(text[opened + 1 : place]):
            yield key.strip('"') if key[0] == '"' else _constant(key, source), _argument(value, source)


def _constant(name: str, source: str) -> str:
    """The text that a constant or variable of the package stands for."""
    found = re.search(rf'\b{name}\s*(?:string\s*)?=\s*"([^"]*)"', source)
    if found is None:
        raise ValueError(f"{name} is not declared")
    return found[1]


def _argument(value: str, source: str) -> Any:
    called = re.fullmatch(r"(\w+)(\.\w+)?\(\)", value)
    if called:
        text = go.declared(source, called[1])
        if text is None:
            raise ValueError(f"{called[1]} is not declared")
        return {"object" if called[2] else "block": dict(_arguments(text, source))}
    facts = dict(go.entries(go.body(value) or ""))
    for key, kind in (("Block", "block"), ("Elem", "block"), ("NestedType", "object")):
        if nested := dict(_arguments(facts.get(key, ""), source)):
            return {kind: nested}
    if "Type" not in facts:
        # stringAttribute{configschema.Attribute{...}, validateString{...}}
        facts = dict(go.entries(go.body(go.body(value) or "") or ""))
    return _type(facts)


def _type(facts: Mapping[str, str]) -> Any:
    written = facts["Type"]
    if written in _COLLECTIONS:
        element = re.search(r"schema\.Type\w+", facts.get("Elem", ""))
        return [_COLLECTIONS[written], _TYPES[element[0]] if element else "string"]
    return _TYPES[written]
