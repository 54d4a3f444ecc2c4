"""What an expression tells of its value without being evaluated."""

from __future__ import annotations

from onetake.frontends.terraform.syntax.nodes import Binary, Call, Node, Template, Unary


def never_null(node: Node) -> bool:
    """Does an expression give something whatever it is calculated from?"""
    match node:
        case Binary() | Unary():
            return True
        case Template(parts):
            return len(parts) > 1
        case Call(name):
            from onetake.frontends.terraform.functions.promises import is_fixed

            return is_fixed(name)
        case _:
            return False


def refused_type(node: Node) -> object:
    """The type of an expression whose value Terraform cannot tell, since a part of it is refused."""
    match node:
        case Binary("+" | "-" | "*" | "/" | "%") | Unary("-"):
            return "number"
        case Binary() | Unary():
            return "bool"
        case Template(parts) if len(parts) > 1:
            return "string"
        case _:
            return "any"
