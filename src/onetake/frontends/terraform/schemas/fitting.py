"""Expressions whose values fit a type whatever they come to, so that they need not be evaluated."""

from __future__ import annotations

from onetake.frontends.terraform.syntax.nodes import Attribute, Call, Literal, Node, Object, Template, Tuple, Variable
from onetake.frontends.terraform.values import number_in
from onetake.knowledge.terraform.types import Type

_TEXTS = frozenset(
    {"base64encode", "file", "format", "join", "jsonencode", "lower", "templatefile", "upper", "yamlencode"}
)
"""Functions that always give text."""
_OPEN = frozenset({"var", "local", "module", "each", "count", "self"})
"""Roots of names that may mean anything; all others are attributes of resources, which have types of their own."""


def fits(node: Node, wanted: Type) -> bool:
    """Whether ``node`` surely fits; ``False`` where its value has to be looked at."""
    match node:
        case Literal(None):
            return True
        case Literal(value):
            return _literal(value, wanted.kind)
        case Template(parts):
            return wanted.kind == "string" and len(parts) > 1
        case Call(name):
            return wanted.kind == "string" and name in _TEXTS
        case Attribute():
            return wanted.element is None and wanted.kind != "object" and _of_resource(node)
        case Tuple(items) if wanted.kind in ("list", "set") and wanted.element is not None:
            return all(fits(item, wanted.element) for item in items)
        case Object(items) if wanted.kind == "map" and wanted.element is not None:
            return all(fits(inner, wanted.element) for _, inner in items)
        case _:
            return False


def _literal(value: object, kind: str) -> bool:
    match kind:
        case "string" | "dynamic":
            return True
        case "number":
            return number_in(value) is not None
        case "bool":
            return isinstance(value, bool) or value in ("true", "false")
        case _:
            return False


def _of_resource(node: Node) -> bool:
    while isinstance(node, Attribute):
        node = node.subject
    return isinstance(node, Variable) and node.name not in _OPEN
