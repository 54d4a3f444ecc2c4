"""What to write instead of a value of a wrong type: in words, and as changes where it is surely meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.assigning import NOT_NUMBERS, identical
from onetake.frontends.source.golang.changes import RUNTIME, Change, before, behind, called, instead
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.golang.types import Form, GoType
from onetake.knowledge.api.model import Enumeration, Struct
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node

_HELPERS = {"string": "String", "float64": "Number", "bool": "Bool"}
_CONSTANTS = {"string": "string", "int": "float64", "float": "float64", "rune": "float64", "bool": "bool"}
_LONG = 48
_LONGEST = 40
_ADDRESSED = ("identifier", "composite_literal")
_READ = ("identifier", "call_expression", "selector_expression", "index_expression")


@record
class Repair:
    """What to write."""

    told: str = ""
    """In words; empty where it is not clear."""
    changes: tuple[Change, ...] = ()
    """That do it; none where it takes a person."""


def repair(node: Node, value: GoType, target: GoType) -> Repair:
    """What to write instead of ``node``, which is a ``value`` where a ``target`` is wanted."""
    written = short(text(node))
    if value.form is Form.FUNCTION and value.function is not None:
        callable_ = not value.function.parameters
        return Repair(f"call it: {written}()", (behind(node, "()"),)) if callable_ else Repair()
    if target.form is Form.POINTER:
        return _pointer(node, value, target.element)
    if target.form is Form.BASIC and value.form is Form.POINTER:
        return _plain(node, value, target)
    if isinstance(target.described, Enumeration) and value.form in (Form.BASIC, Form.POINTER):
        return Repair(f"take a member of {target.name}: {target.name}_{target.described.members[0]}, ...")
    return Repair()


def _plain(node: Node, value: GoType, target: GoType) -> Repair:
    """What a pointer points to, or the pointer itself where it is made a pointer again."""
    written = short(text(node))
    number = target.name == "number"
    if not number and not identical(value.element, target):
        return Repair()
    inner = _argument(node)
    if inner is not None and not number and "(" not in text(inner):
        return Repair(f"write {short(text(inner))}", (instead(node, text(inner)),))
    around = node.parent.parent if node.parent is not None and node.parent.type == "argument_list" else None
    if around is not None and _argument(around) == node and (number or identical(value.element, target)):
        return Repair(f"give {written} itself: it is a *{value.element} already", (instead(around, text(node)),))
    if number:
        return Repair()
    return Repair(f"write *{written}", (before(node, "*"),) if node.type in _READ else ())


def _argument(node: Node) -> Node | None:
    """What a helper of jsii's runtime makes a pointer to; ``None`` of anything else."""
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.named_child_count != 1:
        return None
    helper = text(function).removeprefix("jsii.")
    return arguments.named_children[0] if helper in _HELPERS.values() and helper != text(function) else None


def _pointer(node: Node, value: GoType, inner: GoType) -> Repair:
    basic = _CONSTANTS.get(value.name, "") if value.form is Form.UNTYPED else value.name
    if inner.form is Form.BASIC and value.form in (Form.UNTYPED, Form.BASIC):
        if basic == inner.name or (inner.name == "float64" and basic not in NOT_NUMBERS):
            return _helped(node, inner)
        return _converted(node, value, inner)
    if value.form is Form.LIBRARY and isinstance(value.described, Struct) and identical(value, inner):
        return _address(node, value)
    if inner.form is Form.SLICE:
        return _list(node, value, inner)
    if inner.form is Form.MAP and _pointed(value).form is Form.MAP:
        told = f'write &{inner}{{"...": {_example(inner.items[1])}}}'
        return Repair(told, tuple(_map(node, value, inner)))
    return Repair()


def _helped(node: Node, inner: GoType) -> Repair:
    helper = _HELPERS.get(inner.name, "")
    return Repair(f"write jsii.{helper}({short(text(node))})", called(node, helper, RUNTIME)) if helper else Repair()


def _address(node: Node, value: GoType) -> Repair:
    written = short(text(node))
    told = f"write &{written}" if len(written) < _LONGEST else f"write & before {value.name}"
    return Repair(told, (before(node, "&"),) if node.type in _ADDRESSED else ())


def _converted(node: Node, value: GoType, inner: GoType) -> Repair:
    """A text for a number, and the like, where what is meant is plain."""
    written = text(node)
    bare = written.strip('"')
    made = ""
    if value.form is not Form.UNTYPED:
        return Repair()
    if value.name == "string" and inner.name == "float64" and bare.isdecimal():
        made = f"Number({bare})"
    elif value.name == "string" and inner.name == "bool" and bare in ("true", "false"):
        made = f"Bool({bare})"
    elif inner.name == "string" and value.name in ("int", "float", "bool"):
        made = f'String("{written}")'
    return Repair(f"write jsii.{made}", (instead(node, made, RUNTIME),)) if made else Repair()


def _list(node: Node, value: GoType, inner: GoType) -> Repair:
    element, given = inner.element, _pointed(value)
    if identical(value, element) and value.form is not Form.UNTYPED and value.form is not Form.BASIC:
        return Repair(f"put it into a list: &{inner}{{...}}", as_list(node, str(inner)))
    if given.form is Form.SLICE and identical(given, inner) and value.form is Form.SLICE:
        return Repair(f"write &{inner}{{...}}", (before(node, "&"),) if node.type in _ADDRESSED else ())
    helper = _HELPERS.get(element.element.name, "") if element.form is Form.POINTER else ""
    if given.form is Form.SLICE and helper:
        fits = given.element.form is Form.BASIC and given.element.name == element.element.name
        return Repair(f"write jsii.{helper}s(...)", _spread(node, f"{helper}s") if fits else ())
    return Repair(f"write &{inner}{{...}}") if given.form is Form.SLICE else Repair()


def as_list(node: Node, type_: str) -> tuple[Change, ...]:
    """``node`` as the only element of a list of ``type_`` (``[]*T``)."""
    literal = node.child_by_field_name("operand") if node.type == "unary_expression" else None
    body = literal.child_by_field_name("body") if literal is not None else None
    if literal is not None and body is not None and literal.type == "composite_literal":
        written = literal.child_by_field_name("type")
        element = f"[]*{text(written)}" if written is not None else type_
        return Change(node.start_byte, body.start_byte, f"&{element}{{"), behind(node, "}")
    return before(node, f"&{type_}{{"), behind(node, "}")


def _spread(node: Node, helper: str) -> tuple[Change, ...]:
    """``helper`` of jsii's runtime with the elements of a list."""
    literal = node.child_by_field_name("operand") if text(node).startswith("&") else node
    body = literal.child_by_field_name("body") if literal is not None else None
    if body is not None:
        opened = Change(node.start_byte, body.start_byte + 1, f"{helper}(", RUNTIME)
        return opened, Change(body.end_byte - 1, body.end_byte, ")")
    return (before(node, f"{helper}(", RUNTIME), behind(node, "...)")) if node.type == "identifier" else ()


def _map(node: Node, value: GoType, inner: GoType) -> Iterator[Change]:
    """A literal map as the one that is wanted: pointers to its values, and to itself."""
    if value.form is Form.MAP and identical(value, inner):
        yield from (before(node, "&"),) if node.type in _ADDRESSED else ()
        return
    literal = node.child_by_field_name("operand") if text(node).startswith("&") else node
    body = literal.child_by_field_name("body") if literal is not None else None
    given, wanted = _pointed(value).items[1], inner.items[1]
    helper = _HELPERS.get(wanted.element.name, "") if wanted.form is Form.POINTER else ""
    if body is None or given.form is not Form.BASIC or given.name != wanted.element.name or not helper:
        return
    values = [one.child_by_field_name("value") for one in body.named_children if one.type == "keyed_element"]
    yield Change(node.start_byte, body.start_byte, f"&{inner}")
    for one in values:
        if one is not None:
            yield from called(one, helper, RUNTIME)


def _pointed(value: GoType) -> GoType:
    return value.element if value.form is Form.POINTER else value


def _example(value: GoType) -> str:
    helper = _HELPERS.get(value.element.name, "") if value.form is Form.POINTER else ""
    return f"jsii.{helper}(...)" if helper else "..."


def short(written: str) -> str:
    """Something written, when it is short enough to be repeated."""
    line = " ".join(written.split())
    return line if len(line) <= _LONG else "..."
