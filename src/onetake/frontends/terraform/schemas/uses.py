"""Where a module's expressions refer to attributes that resources do not have."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.frontends.terraform.declarations import Declaration
from onetake.frontends.terraform.modules import Module
from onetake.frontends.terraform.references import EACH, Use, uses
from onetake.frontends.terraform.schemas.declared import KINDS, PREFIX
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.schemas.references import problem, refusal, traversals
from onetake.frontends.terraform.scoping import closest
from onetake.frontends.terraform.syntax.nodes import Literal, Node
from onetake.knowledge.terraform.schema import ProviderSchema
from onetake.model.records import record
from onetake.model.values import Span

_OWN_NAMES = frozenset({"provisioner", "connection"})
"""Blocks in which names of their own are known."""


@record
class Misuse:
    """A traversal into a resource that some version of the provider refuses."""

    declared: Declaration
    """The resource."""
    steps: tuple[str, ...]
    where: Span
    fixed: int
    """How many of the steps come before the first key that has to be worked out."""
    guarded: bool

    def problems(self, provider: ProviderSchema) -> Iterator[Problem]:
        """What a version of the provider has against it."""
        schema = provider.of(KINDS[self.declared.kind]).get(self.declared.labels[0])
        found = refusal(schema.body, self.steps) if schema is not None else None
        if found is not None:
            later = found.place >= self.fixed
            if not (later and self.guarded):
                yield problem(self.declared.name, self.steps, found, self.where, later=later)


def suspects(module: Module, provider: ProviderSchema) -> Iterator[tuple[Declaration | None, Misuse]]:
    """The traversals that ``provider`` may refuse, and the blocks in which they stand; none for local values."""
    configuration = module.configuration
    for blocks in (configuration.resources, configuration.calls, configuration.outputs, configuration.providers):
        for block in blocks.values():
            for name, used in block.uses.items():
                if name not in _OWN_NAMES and any(_suspect(use, module, provider) for use in used):
                    yield from ((block, found) for found in _misuses(block.fields[name], block.where / name, module))
    for node, where in configuration.locals.values():
        if not isinstance(node, Literal) and any(_suspect(use, module, provider) for use in uses((node,))):
            yield from ((None, found) for found in _misuses(node, where, module))


def _target(use: Use, module: Module) -> tuple[Declaration, tuple[str, ...]] | None:
    """The AWS resource that a traversal names, and the steps into it."""
    data = use[0] == "data"
    steps = use[1:] if data else use
    if len(steps) < 3 or not steps[0].startswith(PREFIX):
        return None
    block = module.configuration.resources.get(f"data.{steps[0]}.{steps[1]}" if data else f"{steps[0]}.{steps[1]}")
    if block is None:
        return None
    rest = steps[2:]
    if "count" in block.fields or "for_each" in block.fields:
        # Without a key the reference is refused for that alone.
        rest = rest[1:] if rest[0] == EACH else ()
    return (block, rest) if rest and rest[0] != EACH else None


def _suspect(use: Use, module: Module, provider: ProviderSchema) -> bool:
    target = _target(use, module)
    if target is None:
        return False
    block, steps = target
    schema = provider.of(KINDS[block.kind]).get(block.labels[0])
    return schema is not None and refusal(schema.body, steps) is not None


def _misuses(node: Node, where: Span, module: Module) -> Iterator[Misuse]:
    for traversal in traversals(node):
        use = (traversal.root, *traversal.steps)
        use = use[1:] if use[0] == "resource" else use
        target = _target(use, module)
        if target is not None:
            declared, steps = target
            fixed = traversal.fixed - (len(traversal.steps) - len(steps))
            yield Misuse(declared, steps, closest(use, node, where), fixed, traversal.guarded)
