"""Texts among the fields of the AWS bindings' structs, as Terraform reads them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.changes import Change
from onetake.frontends.source.golang.faults import EXPRESSION_AS_TEXT, INVALID_TEMPLATE, Fault
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.interpolation import OF_TERRAFORM, Misread, judged, letters
from onetake.knowledge.api.editions import BINDINGS, Edition
from onetake.knowledge.api.names import go_static, snake_case

if TYPE_CHECKING:
    from tree_sitter import Node

_GIVING = frozenset({"jsii.String", "jsii.Strings"})
"""Calls that hand a text over as it is."""
_HOLDING = frozenset({"slice_type", "array_type", "map_type"})


def faults(content: Node | None, field: str, edition: Edition | None) -> Iterator[Fault]:
    """The texts in a field that are no templates, and the expressions that are only texts."""
    if content is None or edition is None or edition.root not in BINDINGS:
        return
    argument = snake_case(field)
    for node, value in _texts(content) if argument not in OF_TERRAFORM else ():
        found = judged(value, argument, field, _library)
        if isinstance(found, Misread):
            yield Fault(INVALID_TEMPLATE, node, field, found.message, found.verbatim, found.fix, changes=_doubled(node))
        elif found is not None:
            yield Fault(EXPRESSION_AS_TEXT, node, field, found.message, found.verbatim, found.fix)


def _library(function: str) -> str:
    return f"cdktf.{go_static('Fn', function)}"


def _doubled(literal: Node) -> tuple[Change, ...]:
    """What doubles the marks of what can only be meant as letters."""
    source = text(literal)
    places = (literal.start_byte + len(source[:at].encode()) for at in letters(source))
    return tuple(Change(place, place, "$") for place in places)


def _texts(node: Node) -> Iterator[tuple[Node, str]]:
    """The literals that reach the field as they are written."""
    match node.type:
        case "call_expression":
            function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
            if function is not None and arguments is not None and text(function) in _GIVING:
                yield from ((one, value) for one in arguments.named_children if (value := _value(one)) is not None)
        case "composite_literal":
            type_, body = node.child_by_field_name("type"), node.child_by_field_name("body")
            if type_ is not None and body is not None and type_.type in _HOLDING:
                yield from _texts(body)
        case "keyed_element":
            held = node.child_by_field_name("value")
            yield from _texts(held) if held is not None else ()
        case "unary_expression" | "literal_value" | "literal_element":
            for one in node.named_children:
                yield from _texts(one)
        case _:
            return


def _value(literal: Node) -> str | None:
    """What a literal of Go stands for; ``None`` for what is none, or is written in a way that is only Go's."""
    written = text(literal)
    if literal.type == "raw_string_literal":
        return written[1:-1].replace("\r", "")
    if literal.type != "interpreted_string_literal":
        return None
    try:
        return str(ast.literal_eval(written))
    except (ValueError, SyntaxError):
        return None
