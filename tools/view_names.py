"""Check the names that views read against the published schemas.

What the schemas confirm is written to ``tests/aws/names/``:

    terraform providers schema -json > schema.json
    python -m tools.view_names --terraform schema.json --cloudformation SCHEMAS [--check]

``SCHEMAS`` is a folder of CloudFormation resource schemas, one JSON file per type, as CloudFormation's registry
publishes them. The tests compare the views with the committed files, so they need neither source.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import onetake.aws
from onetake.aws.forms import TextBlocks
from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language

NAMES = Path(__file__).resolve().parent.parent / "tests" / "aws" / "names"
Paths = Mapping[Language, frozenset[str]]


def view_classes() -> dict[str, list[type[View]]]:
    """The views that stand for resources, by their module below ``onetake.aws``."""
    found: dict[str, list[type[View]]] = {}
    for info in pkgutil.walk_packages(onetake.aws.__path__, "onetake.aws."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, View) and value.__module__ == info.name and value.KINDS:
                found.setdefault(info.name.removeprefix("onetake.aws."), []).append(value)
    return found


def attributes(kind: type[View]) -> dict[str, Attribute[Any] | ListOf[Any] | Blocks[Any]]:
    """What ``kind`` declares, its bases first."""
    return {
        name: value
        for base in reversed(kind.__mro__)
        for name, value in vars(base).items()
        if isinstance(value, (Attribute, ListOf, Blocks))
    }


def paths(kind: type[View], language: Language, seen: tuple[type[View], ...] = ()) -> Iterator[str]:
    """Every path below ``kind``'s body that its attributes read, through the blocks they hold."""
    for attribute in attributes(kind).values():
        path = attribute.paths[language]
        if path is None:
            continue
        yield ".".join(path)
        text = isinstance(attribute, TextBlocks) and language is Language.TERRAFORM
        if isinstance(attribute, Blocks) and not text and attribute.kind not in seen:
            for inner in paths(attribute.kind, language, (*seen, kind)):
                yield f"{'.'.join(path)}.{inner}"


def types(kind: type[View], language: Language) -> tuple[str, ...]:
    """The types of ``kind`` in ``language`` that a schema describes; Terraform's own blocks have none."""
    names = kind.KINDS.get(language, ())
    every = (names,) if isinstance(names, str) else names
    return tuple(name for name in every if not name.startswith("terraform."))


class TerraformSchemas:
    """The output of ``terraform providers schema -json``."""

    def __init__(self, file: Path) -> None:
        providers = json.loads(file.read_text())["provider_schemas"]
        self._types: dict[str, Any] = {}
        for address, provider in providers.items():
            self._types.update({name: body["block"] for name, body in provider["resource_schemas"].items()})
            self._types.update(
                {f"data.{name}": body["block"] for name, body in provider["data_source_schemas"].items()}
            )
            self._types[f"provider.{address.rsplit('/', 1)[-1]}"] = provider["provider"]["block"]

    def has(self, name: str, path: list[str]) -> bool:
        """Whether type ``name`` has an argument or attribute at ``path``."""
        return name in self._types and self._in_block(self._types[name], path)

    def _in_block(self, block: Any, path: list[str]) -> bool:
        head, *rest = path
        if head in block.get("block_types", {}):
            return not rest or self._in_block(block["block_types"][head]["block"], rest)
        attribute = block.get("attributes", {}).get(head)
        return attribute is not None and self._in_type(attribute["type"], rest)

    def _in_type(self, kind: Any, path: list[str]) -> bool:
        if not path:
            return True
        match kind:
            case ["list" | "set", inner]:
                return self._in_type(inner, path)
            case ["map", inner]:
                return self._in_type(inner, path[1:])
            case ["object", fields, *_]:
                return path[0] in fields and self._in_type(fields[path[0]], path[1:])
            case _:
                return False


class CloudFormationSchemas:
    """A folder of resource schemas."""

    def __init__(self, folder: Path) -> None:
        self._types: dict[str, Any] = {}
        for file in sorted(folder.glob("*.json")):
            schema = json.loads(file.read_text())
            self._types[schema["typeName"]] = schema

    def has(self, name: str, path: list[str]) -> bool:
        """Whether type ``name`` has a property at ``path``."""
        schema = self._types.get(name)
        return schema is not None and self._within(schema, schema, path)

    def _within(self, schema: Any, root: Any, path: list[str]) -> bool:
        while "$ref" in schema:
            schema = root["definitions"][schema["$ref"].rsplit("/", 1)[-1]]
        if not path:
            return True
        if "items" in schema:
            return self._within(schema["items"], root, path)
        if path[0] in schema.get("properties", {}):
            return self._within(schema["properties"][path[0]], root, path[1:])
        choices = [choice for key in ("anyOf", "oneOf", "allOf") for choice in schema.get(key, ())]
        if any(self._within(choice, root, path) for choice in choices):
            return True
        kinds = schema.get("type")
        free = "properties" not in schema and "object" in ([kinds] if isinstance(kinds, str) else kinds or [])
        return free and not any("properties" in choice or "$ref" in choice for choice in choices)


Schemas = Mapping[Language, TerraformSchemas | CloudFormationSchemas]


def confirmed(kinds: list[type[View]], schemas: Schemas) -> tuple[dict[str, list[str]], list[str]]:
    """The paths of each type that the schemas confirm, and the paths that no type of their view has."""
    known: dict[str, set[str]] = {}
    unknown: list[str] = []
    for kind in kinds:
        for language, schema in schemas.items():
            names = types(kind, language)
            for name in names:
                known.setdefault(name, set())
            for path in sorted(set(paths(kind, language))) if names else ():
                having = [name for name in names if schema.has(name, path.split("."))]
                for name in having:
                    known[name].add(path)
                if not having:
                    unknown.append(f"{kind.__module__}.{kind.__name__}: {' or '.join(names)} has no {path}")
    return {name: sorted(found) for name, found in sorted(known.items())}, unknown


def main() -> int:
    """Write or check the committed names; 1 when a view reads a name that does not exist, or a file is out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terraform", type=Path, required=True)
    parser.add_argument("--cloudformation", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("modules", nargs="*", help="only these, as eks or ec2.vpcs")
    options = parser.parse_args()
    schemas: Schemas = {
        Language.TERRAFORM: TerraformSchemas(options.terraform),
        Language.CLOUDFORMATION: CloudFormationSchemas(options.cloudformation),
    }
    failed = False
    for module, kinds in sorted(view_classes().items()):
        if options.modules and module not in options.modules:
            continue
        known, unknown = confirmed(kinds, schemas)
        for line in unknown:
            print(line)
        file = NAMES / f"{module}.json"
        text = json.dumps(known, indent=1) + "\n"
        changed = not file.exists() or file.read_text() != text
        if changed and options.check:
            print(f"{file.name} is out of date")
        elif changed:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        failed = failed or bool(unknown) or (changed and options.check)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
