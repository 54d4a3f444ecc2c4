"""The ``terraform`` blocks: which engine and providers a configuration asks for, and where its state is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from onetake.frontends.terraform.declarations import Configuration, Declaration, Fields
from onetake.frontends.terraform.providing import named
from onetake.frontends.terraform.syntax.nodes import Literal, Node, Object, Tuple
from onetake.model.stacks import Engine
from onetake.model.values import Span


def backends(block: Declaration) -> Iterator[tuple[str, Declaration]]:
    """The backends in a ``terraform`` block by their kind; its ``cloud`` block has none."""
    for kind, fields, where in _labelled(block.fields.get("backend"), block.where / "backend"):
        yield kind, Declaration("backend", (kind,), where, partial(dict, fields))
    for fields, where in objects(block.fields.get("cloud"), block.where / "cloud"):
        yield "", Declaration("cloud", (), where, partial(dict, fields))


def _labelled(node: Node | None, where: Span) -> Iterator[tuple[str, Fields, Span]]:
    """Blocks with one label, in either syntax."""
    for fields, place in objects(node, where):
        for label, inner in fields.items():
            # Native syntax finds a labelled block by its label alone.
            base = place / label if place.file.endswith(".json") else where / label
            for body, there in objects(inner, base):
                yield label, body, there


def objects(node: Node | None, where: Span) -> Iterator[tuple[dict[str, Node], Span]]:
    """The blocks of one type, with their places."""
    match node:
        case Object(items):
            yield {str(key.value): inner for key, inner in items if isinstance(key, Literal)}, where
        case Tuple(items):
            for place, item in enumerate(items):
                yield from objects(item, where / place)
        case _:
            return


def engine(root: Configuration, *, tofu: bool = False) -> Engine:
    """What deploys a configuration, in which versions."""
    constraints: list[str] = []
    providers: dict[str, str] = {}
    for block in root.settings:
        required = block.fields.get("required_version")
        if isinstance(required, Literal) and isinstance(required.value, str):
            constraints.append(required.value)
        for fields, _ in objects(block.fields.get("required_providers"), block.where):
            providers.update((source, version) for _, source, version in _required(fields))
    return Engine("opentofu" if tofu or root.tofu else "terraform", ", ".join(constraints), providers)


def sources(root: Configuration) -> Mapping[str, str]:
    """The sources of the providers by the names that a module has for them."""
    found: dict[str, str] = {}
    for block in root.settings:
        for fields, _ in objects(block.fields.get("required_providers"), block.where):
            found.update((name, source) for name, source, _ in _required(fields))
    return found


def required(module: Configuration) -> Iterator[tuple[str, str]]:
    """The sources of the providers that a module asks for, each with its version constraint."""
    for block in module.settings:
        for fields, _ in objects(block.fields.get("required_providers"), block.where):
            yield from ((source, version) for _, source, version in _required(fields))


def public(source: str) -> str:
    """A provider's source without the host of a public registry."""
    for host in ("registry.terraform.io/", "registry.opentofu.org/"):
        source = source.removeprefix(host)
    return source.lower()


def aliases(module: Configuration) -> set[str]:
    """The provider configurations that a module asks its callers for."""
    found: set[str] = set()
    for block in module.settings:
        for fields, _ in objects(block.fields.get("required_providers"), block.where):
            for body, _ in (one for node in fields.values() for one in objects(node, block.where)):
                asked = body.get("configuration_aliases")
                found |= {named(item) for item in asked.items} if isinstance(asked, Tuple) else set()
    return found


def _required(fields: Mapping[str, Node]) -> Iterator[tuple[str, str, str]]:
    for name, node in fields.items():
        if isinstance(node, Literal):
            yield name, f"hashicorp/{name}", str(node.value)
        for body, _ in objects(node, Span("")):
            source = getattr(body.get("source"), "value", None) or f"hashicorp/{name}"
            yield name, str(source), str(getattr(body.get("version"), "value", None) or "")
