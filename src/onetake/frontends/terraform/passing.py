"""Configurations of providers between modules: what a module cannot be given, what it needs, or has itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Configuration, Declaration, Mistake
from onetake.frontends.terraform.engines import aliases, sources
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.providing import named
from onetake.frontends.terraform.syntax.nodes import Node, Object, Tuple
from onetake.model.records import record
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

MISSING, PASSING = "terraform-provider-missing", "terraform-provider-passing"
_REGISTRY = "registry.terraform.io/"


@record
class _One:
    """A configuration that is passed: its name in the module, and the caller's; where they stand."""

    name: str
    theirs: str
    at: Span
    theirs_at: Span


def mistakes(module: Module) -> Iterator[Mistake]:
    """What is wrong with the providers that a called module gets."""
    call, parent = module.call, module.parent
    if call is None or parent is None or module.configuration.broken or parent.configuration.broken:
        return
    node = call.fields.get("providers")
    if node is not None and not _is_map(node):
        where = exactly(call.where / "providers", (node.start, node.end))
        yield Mistake(PASSING, "Invalid expression", "A static map expression is required.", where, stage="init")
        return
    given = _passed(node, call.where / "providers")
    own = {name for name, block in module.configuration.providers.items() if set(block.fields) - {"alias"}}
    if own:
        yield from _repeated(call, module)
    handed = {one.name for one in given}
    for name in sorted(aliases(module.configuration) - own - handed):
        detail = (
            f"The child module requires an additional configuration for provider "
            f"{source_of(name, module.configuration)}, "
            f'with the local name "{name}".\n\nRefer to the module\'s documentation to understand the intended purpose '
            f'of this additional provider configuration, and then add an entry for {name} in the "providers" '
            "meta-argument in the module block to choose which provider configuration the module should use for that "
            "purpose."
        )
        yield Mistake(MISSING, "Missing required provider configuration", detail, call.where, stage="init")
    for one in given:
        yield from _given(one, own, module, parent)
    yield from _not_there(handed, module)


def _given(one: _One, own: set[str], module: Module, parent: Module) -> Iterator[Mistake]:
    here, there = module.configuration, parent.configuration
    if one.name in own:
        detail = (
            f"The configuration of {module.path} has its own local configuration for {one.name}, and so it cannot "
            f"accept an overridden configuration provided by {_called(parent)}."
        )
        yield Mistake(PASSING, "Cannot override provider configuration", detail, one.at, stage="init")
    wanted, found = source_of(one.name, here), source_of(one.theirs, there)
    known = one.name in sources(here) or one.name in aliases(here) or one.name in here.providers
    if not known and not found.startswith("hashicorp/"):
        detail = (
            f'The child module does not declare any provider requirement with the local name "{one.name}".\n\nIf you '
            f'also control the child module, you can add a required_providers entry named "{one.name}" with the source '
            f'address "{found}" to accept this provider configuration.'
        )
        yield Mistake(MISSING, "Reference to undefined provider", detail, one.at, stage="init")
    elif wanted != found:
        detail = (
            f'The local name "{one.theirs}" in {_called(parent)} represents provider "{found}", but "{one.name}" in '
            f'{module.path} represents "{wanted}".\n\nEach provider has its own distinct configuration schema and '
            f'provider types, so this module\'s "{one.name}" can be assigned only a configuration for {wanted}, which '
            f"is not required by {module.path}."
        )
        yield Mistake(PASSING, "Provider type mismatch", detail, one.theirs_at, stage="init")


def _repeated(call: Declaration, module: Module) -> Iterator[Mistake]:
    """A module with configurations of its own whose call, or one around it, is repeated or has to wait."""
    around: Module | None = module
    while around is not None and around.call is not None:
        field = next((name for name in ("count", "for_each", "depends_on") if name in around.call.fields), "")
        if field:
            node: Node = around.call.fields[field]
            if field == "depends_on" and isinstance(node, Tuple) and node.items:
                node = node.items[0]
            source = str(getattr(call.fields.get("source"), "value", ""))
            detail = (
                f"The module at {module.path} is a legacy module which contains its own local provider configurations, "
                "and so calls to it may not use the count, for_each, or depends_on arguments.\n\nIf you also control "
                f'the module "{source}", consider updating this module to instead expect provider configurations to be '
                "passed by its caller."
            )
            where = exactly(around.call.where / field, (node.start, node.end))
            summary = "Module is incompatible with count, for_each, and depends_on"
            # A module of a registry is named with its host and version.
            yield Mistake(PASSING, summary, detail, where, stage="init", exact=source.startswith("."))
            return
        around = around.parent


def _not_there(handed: set[str], module: Module) -> Iterator[Mistake]:
    """Resources under an alias that their module neither has nor is given."""
    known = {*module.configuration.providers, *aliases(module.configuration), *handed}
    for name, block in module.configuration.resources.items():
        chosen = named(block.fields.get("provider"))
        if "." in chosen and chosen not in known:
            address, source = module.declared(name), source_of(chosen, module.configuration)
            host = "" if source.count("/") > 1 else _REGISTRY
            detail = (
                f"To work with {address} its original provider configuration at "
                f'{module.path}.provider["{host}{source}"].{chosen.partition(".")[2]} is required, but it has been '
                "removed. This occurs when a provider configuration is removed while objects created by that provider "
                f"still exist in the state. Re-add the provider configuration to destroy {address}, after which you "
                "can remove the provider configuration again."
            )
            where: Span = block.where / "provider"
            yield Mistake(MISSING, "Provider configuration not present", detail, where, module.prefix + name)


def _is_map(node: Node) -> bool:
    return isinstance(node, Object) or (isinstance(node, Tuple) and all(isinstance(one, Object) for one in node.items))


def _passed(node: Node | None, where: Span) -> list[_One]:
    if isinstance(node, Tuple):
        node = node.items[0] if node.items else None
    if not isinstance(node, Object):
        return []
    return [
        _One(named(key), named(inner), exactly(where, (key.start, key.end)), exactly(where, (inner.start, inner.end)))
        for key, inner in node.items
        if named(key) and named(inner)
    ]


def source_of(name: str, configuration: Configuration) -> str:
    """The provider that a local name means, as Terraform prints it."""
    local = name.partition(".")[0]
    return sources(configuration).get(local, f"hashicorp/{local}").removeprefix(_REGISTRY)


def _called(module: Module) -> str:
    return module.path or "the root module"
