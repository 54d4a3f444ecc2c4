"""Expressions whose values fit a type whatever they come to, so that they need not be evaluated."""

from __future__ import annotations

from onetake.frontends.terraform.syntax.nodes import Call, Literal, Node, Object, Template, Tuple
from onetake.frontends.terraform.values import number_in
from onetake.knowledge.terraform.types import Type

_TEXTS = frozenset(
    {"base64encode", "file", "format", "join", "jsonencode", "lower", "templatefile", "upper", "yamlencode"}
)
"""Functions that always give text."""


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
