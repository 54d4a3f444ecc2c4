"""Expressions as text again: the names of what is not known, the same for the same expression."""

from __future__ import annotations

import json

from onetake.frontends.terraform.syntax.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Dynamic,
    For,
    Index,
    Literal,
    Node,
    Object,
    Splat,
    Template,
    Tuple,
    Unary,
    Variable,
)

LONGEST = 200


def describe(node: Node) -> str:
    """``node`` in Terraform's syntax, shortened when it is very long."""
    text = _text(node, 0)
    if len(text) <= LONGEST:
        return text
    import zlib

    # Two long expressions that begin alike must not be taken for the same.
    return f"{text[:LONGEST]}...{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def _text(node: Node, depth: int) -> str:  # noqa: C901, PLR0912 - one case for each kind of node
    if depth > 100:
        return f"...{node.start}"
    deeper = depth + 1
    match node:
        case Literal(value):
            return json.dumps(value)
        case Variable(name):
            return name
        case Attribute(subject, name):
            return f"{_text(subject, deeper)}.{name}"
        case Index(subject, key):
            return f"{_text(subject, deeper)}[{_text(key, deeper)}]"
        case Splat(subject, each):
            return f"{_text(subject, deeper)}[*]{_text(each, deeper)}"
        case Template(parts):
            return '"' + "".join(_piece(part, deeper) for part in parts) + '"'
        case Call(name, arguments, expand):
            inner = ", ".join(_text(argument, deeper) for argument in arguments)
            return f"{name}({inner}{'...' if expand else ''})"
        case Unary(operator, operand):
            return f"{operator}{_text(operand, deeper)}"
        case Binary(operator, left, right):
            return f"{_text(left, deeper)} {operator} {_text(right, deeper)}"
        case Conditional(condition, yes, no):
            return f"{_text(condition, deeper)} ? {_text(yes, deeper)} : {_text(no, deeper)}"
        case Tuple(items):
            return "[" + ", ".join(_text(item, deeper) for item in items) + "]"
        case Object(pairs):
            return "{" + ", ".join(f"{_text(key, deeper)} = {_text(inner, deeper)}" for key, inner in pairs) + "}"
        case For(key, item, collection, key_result, result, condition, group):
            names = f"{key}, {item}" if key else item
            produced = f"{_text(key_result, deeper)} => " if key_result is not None else ""
            produced += _text(result, deeper) + ("..." if group else "")
            kept = f" if {_text(condition, deeper)}" if condition is not None else ""
            return f"[for {names} in {_text(collection, deeper)} : {produced}{kept}]"
        case Dynamic(name, collection, _, content):
            return f"dynamic {name} ({_text(collection, deeper)}) {_text(content, deeper)}"
        case _:
            return ""


def _piece(part: Node, depth: int) -> str:
    if isinstance(part, Literal) and isinstance(part.value, str):
        return part.value
    return "${" + _text(part, depth) + "}"
