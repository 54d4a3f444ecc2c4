"""Type constraints of variables, and values converted to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.syntax.nodes import Call, Literal, Node, Object, Tuple, Variable
from onetake.frontends.terraform.unification import collection_of, map_of
from onetake.frontends.terraform.values import ListItems, MapFields, Null, as_text, holding, number_in, unique
from onetake.model.records import record, replace
from onetake.model.values import Absent, Known, Unknown, Value

_SCALARS = ("string", "number", "bool", "any")


@record
class Type:
    """``string``, ``list(number)``, ``object({name = optional(string, "x")})``."""

    name: str
    inner: tuple[Type, ...] = ()
    """The element type, or those of a tuple's elements."""
    fields: tuple[tuple[str, Type, Node | None, bool], ...] = ()
    """Of an object: name, type, default, and whether it may be left out."""


ANY = Type("any")


def plain(wanted: Type) -> object:
    """A type as the types of values are written."""
    match wanted.name:
        case "list" | "set" | "map":
            return (wanted.name, plain(wanted.inner[0]))
        case "tuple":
            return ("tuple", tuple(map(plain, wanted.inner)))
        case "object":
            return ("object", {name: plain(inner) for name, inner, _, _ in wanted.fields})
        case _:
            return wanted.name


def read(node: Node | None) -> Type:
    """The type that a constraint's expression means; what it cannot tell counts as ``any``."""
    match node:
        case Variable(name) | Literal(str() as name) if name in _SCALARS:
            return Type(name)
        case Variable("list" | "set" | "map" as name) | Literal("list" | "set" | "map" as name):
            return Type(name, (ANY,))
        case Literal(str() as text) if "(" in text:
            from onetake.frontends.terraform.syntax.nodes import SyntaxProblem
            from onetake.frontends.terraform.syntax.templates import parse_expression

            try:
                return read(parse_expression(text))
            except SyntaxProblem:
                return ANY
        case Call("list" | "set" | "map" as name, (inner,)):
            return Type(name, (read(inner),))
        case Call("tuple", (Tuple(items),)):
            return Type("tuple", tuple(read(item) for item in items))
        case Call("object", (Object(items),)):
            return Type("object", fields=tuple(_field(key, inner) for key, inner in items))
        case _:
            return ANY


def _field(key: Node, node: Node) -> tuple[str, Type, Node | None, bool]:
    name = str(key.value) if isinstance(key, Literal) else ""
    match node:
        case Call("optional", (inner, default)):
            return name, read(inner), default, True
        case Call("optional", (inner,)):
            return name, read(inner), None, True
        case _:
            return name, read(node), None, False


class Unsuitable(Failure):
    """A value that cannot be converted: of the wrong type, or a text that does not spell the right one.

    Terraform names the place of the two in different ways.
    """

    def __init__(self, reason: str, *, text: bool = False, path: str = "") -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.reason = reason
        self.text = text
        self.path = path

    def inside(self, step: str, words: str) -> Unsuitable:
        """The same, seen from the collection around: ``step`` is ``[0]``, ``words`` are ``element 0``."""
        if self.text:
            return Unsuitable(self.reason, text=True, path=step + self.path)
        return Unsuitable(f"{words}: {self.reason}")


Default = Callable[[Node], Value[object]]


def convert(value: Value[object], wanted: Type, default: Default) -> Value[object]:
    """``value`` as ``wanted``; ``default`` evaluates what an optional attribute is otherwise.

    Raises:
        Failure: Terraform cannot convert it.
    """
    if wanted.name == "any":
        return value
    if isinstance(value, Unknown):
        return replace(value, type=plain(wanted))
    if isinstance(value, Absent):
        return Null(value.where, plain(wanted)) if type(value) is Absent else value
    return _CONVERSIONS[wanted.name](value, wanted, default)


def _string(value: Known[object], wanted: Type, default: Default) -> Value[object]:
    del wanted, default
    if isinstance(value.value, (Mapping, tuple)):
        raise Unsuitable("string required")
    return value if isinstance(value.value, str) else Known(as_text(value.value), value.where, value.origin)


def _number(value: Known[object], wanted: Type, default: Default) -> Value[object]:
    del wanted, default
    found = number_in(value.value)
    if found is None:
        text = isinstance(value.value, str)
        raise Unsuitable("a number is required" if text else "number required", text=text)
    return Known(found, value.where, value.origin)


def _bool(value: Known[object], wanted: Type, default: Default) -> Value[object]:
    del wanted, default
    if isinstance(value.value, bool):
        return value
    if not isinstance(value.value, str):
        raise Unsuitable("bool required")
    found = {"true": True, "1": True, "false": False, "0": False}.get(value.value)
    if found is None:
        raise Unsuitable("a bool is required", text=True)
    return Known(found, value.where, value.origin)


def _inner(value: Value[object], wanted: Type, default: Default, step: str, words: str) -> Value[object]:
    try:
        return convert(value, wanted, default)
    except Unsuitable as failure:
        raise failure.inside(step, words) from None


def _items(value: Known[object], wanted: Type, default: Default) -> Value[object]:
    if not isinstance(value.value, tuple):
        raise Unsuitable(f"{_described(wanted)} required")
    items = [
        _inner(item, wanted.inner[0], default, f"[{place}]", f"element {place}")
        for place, item in enumerate(value.value)
    ]
    if wanted.inner[0].name == "any":
        return collection_of(items, wanted.name, value)
    if wanted.name == "list":
        return Known(holding(ListItems(items), plain(wanted.inner[0])), value.where, value.origin)
    return Known(holding(unique(items), plain(wanted.inner[0])), value.where, value.origin)


def _map(value: Known[object], wanted: Type, default: Default) -> Value[object]:
    if not isinstance(value.value, Mapping):
        raise Unsuitable(f"{_described(wanted)} required")
    inner = wanted.inner[0]
    found = {name: _inner(one, inner, default, f'["{name}"]', f'element "{name}"') for name, one in value.value.items()}
    if inner.name == "any":
        return map_of(found, value)
    return Known(holding(MapFields(found), plain(inner)), value.where, value.origin)


def _tuple(value: Known[object], wanted: Type, default: Default) -> Value[object]:
    if not isinstance(value.value, tuple) or len(value.value) != len(wanted.inner):
        raise Unsuitable("tuple required")
    pairs = enumerate(zip(value.value, wanted.inner, strict=True))
    items = (_inner(one, inner, default, f"[{place}]", f"element {place}") for place, (one, inner) in pairs)
    return Known(tuple(items), value.where, value.origin)


def _object(value: Known[object], wanted: Type, default: Default) -> Value[object]:
    if not isinstance(value.value, Mapping):
        raise Unsuitable("object required")
    fields: dict[str, Value[object]] = {}
    for name, inner, otherwise, optional in wanted.fields:
        found = value.value.get(name) or Absent(value.where)
        if isinstance(found, Absent) and otherwise is not None:
            found = default(otherwise)
        elif name not in value.value and not optional:
            raise Unsuitable(f'attribute "{name}" is required')
        fields[name] = _inner(found, inner, default, f".{name}", f'attribute "{name}"')
    return Known(fields, value.where, value.origin)


def _described(wanted: Type) -> str:
    inner = wanted.inner[0]
    if inner.name == "any":
        return f"{wanted.name} of any single type"
    return f"{wanted.name} of {_described(inner) if inner.name in ('list', 'set', 'map') else inner.name}"


_CONVERSIONS: dict[str, Callable[[Known[object], Type, Default], Value[object]]] = {
    "string": _string,
    "number": _number,
    "bool": _bool,
    "list": _items,
    "set": _items,
    "map": _map,
    "tuple": _tuple,
    "object": _object,
}

__all__ = ["ANY", "Default", "Type", "convert", "read"]
