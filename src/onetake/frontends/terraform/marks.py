"""Sensitive values where Terraform does not take them: outputs of the root that do not say so, and ``for_each``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.syntax.nodes import Attribute, Call, Index, Node, Variable, children

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

RULE = "terraform-sensitive-value"
_UNMARKING = frozenset({"nonsensitive", "issensitive"})
_KEEPING = frozenset({"toset", "tomap", "keys", "merge", "setunion", "concat"})
_OUTPUT = (
    "To reduce the risk of accidentally exporting sensitive data that was intended to be only internal, Terraform "
    "requires that any root module output containing sensitive data be explicitly marked as sensitive, to confirm your "
    "intent.\n\nIf you do intend to export this data, annotate the output value as sensitive by adding the following "
    "argument:\n"
    "    sensitive = true"
)
_FOR_EACH = (
    "Sensitive values, or values derived from sensitive values, cannot be used as for_each arguments. If used, the "
    "sensitive value could be exposed as a resource instance key."
)


def mistakes(root: Module) -> Iterator[Mistake]:
    """What the root module makes of its sensitive variables."""
    configuration = root.configuration
    for block in configuration.outputs.values():
        node = block.fields.get("value")
        if node is not None and "sensitive" not in block.fields and _holds(node, root, set()):
            yield Mistake(RULE, "Output refers to sensitive values", _OUTPUT, block.where)
    for block in (*configuration.resources.values(), *configuration.calls.values()):
        node = block.fields.get("for_each")
        if node is not None and _is(node, root, set()):
            where = exactly(block.where / "for_each", (node.start, node.end))
            name = block.name if block.kind in ("resource", "data") else ""
            yield Mistake(RULE, "Invalid for_each argument", _FOR_EACH, where, name)


def _holds(node: Node, root: Module, seen: set[str]) -> bool:
    """Whether something in ``node`` is surely sensitive."""
    pending = [node]
    while pending:
        one = pending.pop()
        match one:
            case Call(name) if name in _UNMARKING:
                continue
            case Call("sensitive"):
                return True
            case Variable() | Attribute() | Index():
                found = _named(one, root, seen)
                if found is True:
                    return True
                if found is not None and not isinstance(found, bool):
                    pending.append(found)
            case _:
                pass
        pending += children(one)
    return False


def _is(node: Node, root: Module, seen: set[str]) -> bool:
    """Whether ``node`` is sensitive as a whole, and not only something in it."""
    pending = [node]
    while pending:
        one = pending.pop()
        match one:
            case Call("sensitive"):
                return True
            case Call(name, arguments) if name in _KEEPING:
                pending += arguments
            case Attribute(Variable()):
                found = _named(one, root, seen)
                if found is True:
                    return True
                if found is not None and not isinstance(found, bool):
                    pending.append(found)
            case _:
                continue
    return False


def _named(node: Node, root: Module, seen: set[str]) -> Node | bool | None:
    """What a traversal leads to: whether a variable is sensitive, or the expression of a local value."""
    step = ""
    while isinstance(node, (Attribute, Index)):
        step = node.name if isinstance(node, Attribute) else ""
        node = node.subject
    if not isinstance(node, Variable):
        return None
    if node.name == "var" and step in root.configuration.variables:
        return _is_sensitive(root.configuration.variables[step])
    if node.name == "local" and step in root.configuration.locals and step not in seen:
        seen.add(step)
        return root.configuration.locals[step][0]
    return False if node.name == "local" else None


def _is_sensitive(block: Declaration) -> bool:
    return getattr(block.fields.get("sensitive"), "value", False) in (True, "true")
