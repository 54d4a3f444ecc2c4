"""Types of variables that are none, in Terraform's words."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.syntax.nodes import Call, Literal, Node, Object, Tuple, Variable
from onetake.model.values import Span

RULE = "terraform-invalid-type"
_SUMMARY = "Invalid type specification"
_SCALARS = ("string", "number", "bool", "any")
_ELEMENT = "requires one argument specifying the element type."
_ATTRIBUTES = "The object type constructor requires one argument specifying the attribute types and values as a map."
_ELEMENTS = "The tuple type constructor requires one argument specifying the element types as a list."
_NO_TYPE = (
    "A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor "
    "call, like list(string)."
)
_QUOTED = (
    "Terraform 0.11 and earlier required type constraints to be given in quotes, but that form is now deprecated and "
    "will be removed in a future version of Terraform. Remove the quotes around "
)
_LEGACY = {
    "string": '"string".',
    "list": '"list" and write list(string) instead to explicitly indicate that the list elements are strings.',
    "map": '"map" and write map(string) instead to explicitly indicate that the map elements are strings.',
}


def mistakes(block: Declaration) -> Iterator[Mistake]:
    """What is wrong with the type of a variable."""
    node = block.fields.get("type")
    where = block.where / "type"
    if isinstance(node, Literal) and isinstance(node.value, str):
        # JSON writes every type as a text.
        if not where.file.endswith(".json"):
            yield _quoted(node, where)
    elif isinstance(node, Variable) and node.name in ("list", "map"):
        return
    elif node is not None:
        yield from _type(node, where)


def _quoted(node: Literal, where: Span) -> Mistake:
    summary, detail = "Invalid quoted type constraints", _QUOTED + _LEGACY.get(str(node.value), "")
    if node.value not in _LEGACY:
        summary = "Invalid legacy variable type hint"
        detail = (
            "To provide a full type expression, remove the surrounding quotes and give the type expression directly."
        )
    return Mistake(RULE, summary, detail, exactly(where, (node.start, node.end)), stage="init")


def _wrong(detail: str, where: Span, start: int, end: int) -> Mistake:
    return Mistake(RULE, _SUMMARY, detail, exactly(where, (start, end)), stage="init")


def _type(node: Node, where: Span) -> Iterator[Mistake]:
    match node:
        case Variable(name) if name in _SCALARS:
            return
        case Variable("list" | "set" | "map" as name):
            yield _wrong(f"The {name} type constructor {_ELEMENT}", where, node.start, node.end)
        case Variable("object"):
            yield _wrong(_ATTRIBUTES, where, node.start, node.end)
        case Variable("tuple"):
            yield _wrong(_ELEMENTS, where, node.start, node.end)
        case Variable(name):
            yield _wrong(f'The keyword "{name}" is not a valid type specification.', where, node.start, node.end)
        case Call():
            yield from _constructed(node, where)
        case Literal(None):
            return
        case _:
            yield _wrong(_NO_TYPE, where, node.start, node.end)


def _constructed(node: Call, where: Span) -> Iterator[Mistake]:
    name, arguments = node.name, node.arguments
    if name == "optional":
        detail = 'Keyword "optional" is valid only as a modifier for object type attributes.'
        yield _wrong(detail, where, node.start, node.end)
    elif name not in ("list", "set", "map", "object", "tuple"):
        yield _wrong(f'Keyword "{name}" is not a valid type constructor.', where, node.start, node.end)
    elif len(arguments) != 1:
        detail = {"object": _ATTRIBUTES, "tuple": _ELEMENTS}.get(name, f"The {name} type constructor {_ELEMENT}")
        # Too many: from the second on; none: the parentheses.
        start = arguments[1].start if arguments else node.start + len(name)
        yield _wrong(detail, where, start, node.end if not arguments else arguments[-1].end)
    elif name == "object":
        yield from _object(arguments[0], where)
    elif name == "tuple":
        yield from _tuple(arguments[0], where)
    else:
        yield from _type(arguments[0], where)


def _object(node: Node, where: Span) -> Iterator[Mistake]:
    if not isinstance(node, Object):
        detail = (
            "Object type constructor requires a map whose keys are attribute names and whose values are the "
            "corresponding attribute types."
        )
        yield _wrong(detail, where, node.start, node.end)
        return
    for _, inner in node.items:
        if isinstance(inner, Call) and inner.name == "optional":
            yield from _optional(inner, where)
        else:
            yield from _type(inner, where)


def _optional(node: Call, where: Span) -> Iterator[Mistake]:
    start = node.start + len(node.name)
    if not node.arguments:
        detail = "Optional attribute modifier requires the attribute type as its argument."
        yield _wrong(detail, where, start, node.end)
    elif len(node.arguments) > 2:
        detail = "Optional attribute modifier expects at most two arguments: the attribute type, and a default value."
        yield _wrong(detail, where, start, node.end)
    else:
        yield from _type(node.arguments[0], where)


def _tuple(node: Node, where: Span) -> Iterator[Mistake]:
    if not isinstance(node, Tuple):
        yield _wrong("Tuple type constructor requires a list of element types.", where, node.start, node.end)
        return
    for inner in node.items:
        yield from _type(inner, where)
