"""Texts among the fields of the AWS bindings' structs, as Terraform reads them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.changes import Change
from onetake.frontends.source.golang.faults import EXPRESSION_AS_TEXT, INVALID_TEMPLATE, Fault
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.interpolation import (
    MARKED,
    OF_TERRAFORM,
    PROSE,
    as_expression,
    called,
    expression,
    letters,
    misread,
)
from onetake.knowledge.api.editions import BINDINGS, Edition
from onetake.knowledge.api.names import python_field

if TYPE_CHECKING:
    from tree_sitter import Node

_GIVING = frozenset({"jsii.String", "jsii.Strings"})
"""Calls that hand a text over as it is."""
_HOLDING = frozenset({"slice_type", "array_type", "map_type"})


def faults(content: Node | None, field: str, edition: Edition | None) -> Iterator[Fault]:
    """The texts in a field that are no templates, and the expressions that are only texts."""
    argument = python_field(field[:1].lower() + field[1:])
    if content is None or edition is None or edition.root not in BINDINGS or argument in OF_TERRAFORM:
        return
    for node, value in _texts(content):
        found = misread(value)
        if found is not None:
            places = (node.start_byte + len(text(node)[:at].encode()) for at in letters(text(node)))
            doubled = tuple(Change(place, place, "$") for place in places)
            yield Fault(INVALID_TEMPLATE, node, field, found.message, found.verbatim, found.fix, changes=doubled)
        kind = expression(value) if argument not in PROSE and not MARKED.search(value) else ""
        if kind:
            instead = (
                "give the construct's own attribute"
                if kind == "reference"
                else f"call cdktf.Fn_{called(value).capitalize()}"
            )
            fix = f"{instead}, or write ${{...}} around it"
            yield Fault(EXPRESSION_AS_TEXT, node, field, as_expression(field, value), "", fix)


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
