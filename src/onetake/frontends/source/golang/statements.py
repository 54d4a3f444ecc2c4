"""The statements of a Go file in their order: what they declare, and the expressions in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.source.golang.expressions import Expressions
from onetake.frontends.source.golang.packages import specifications
from onetake.frontends.source.golang.places import Place
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.golang.types import (
    BOOL,
    FLOAT,
    INT,
    STRING,
    UNKNOWN,
    Form,
    GoType,
    slice_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

_DEFAULTS = {
    "string": STRING,
    "int": INT,
    "float": FLOAT,
    "bool": BOOL,
    "rune": GoType(Form.BASIC, "rune"),
}
_BLOCKS = frozenset(
    {
        "if_statement",
        "for_statement",
        "expression_switch_statement",
        "select_statement",
        "block",
        "expression_case",
        "default_case",
        "communication_case",
    }
)
"""What declares names for itself alone."""
_PLAIN = frozenset(
    {
        "statement_list",
        "labeled_statement",
        "for_clause",
        "expression_statement",
        "go_statement",
        "defer_statement",
        "send_statement",
        "inc_statement",
        "dec_statement",
        "expression_list",
    }
)
_SILENT = frozenset({"label_name", "comment", "break_statement", "continue_statement", "goto_statement"})


class Statements:
    """Walks one file."""

    def __init__(self, expressions: Expressions) -> None:
        self._of = expressions
        self._scopes = expressions.scopes
        self._results: list[GoType | None] = []
        self._judges: dict[str, Callable[[Node], None]] = {
            "short_var_declaration": self._short,
            "var_declaration": self._declaration,
            "const_declaration": self._declaration,
            "type_declaration": lambda node: self._types(node, declare=True),
            "assignment_statement": self._assignment,
            "return_statement": self._return,
            "type_switch_statement": self._type_switch,
            "range_clause": self._range,
            "receive_statement": self._receive,
        }
        expressions.block = self.function

    def file(self, root: Node) -> None:
        """Everything that the file declares."""
        for node in root.named_children:
            match node.type:
                case "function_declaration" | "method_declaration":
                    self.function(node)
                case "var_declaration" | "const_declaration":
                    for one in specifications(node):
                        self._specification(one, declare=False)
                case "type_declaration":
                    self._types(node, declare=False)

    def function(self, node: Node) -> None:
        """A function, declared or written as a value."""
        self._scopes.enter()
        generic = node.child_by_field_name("type_parameters")
        for one in generic.named_children if generic is not None else ():
            for name in one.children_by_field_name("name"):
                self._scopes.declare_type(text(name), name)
        for part in ("receiver", "parameters", "result"):
            self._parameters(node.child_by_field_name(part), receiver=part == "receiver")
        body = node.child_by_field_name("body")
        self._results.append(self._of.signature(node).result)
        if body is not None:
            self._scopes.enter()
            self._inside(body)
            self._scopes.leave()
        self._results.pop()
        self._scopes.leave()

    def _parameters(self, node: Node | None, *, receiver: bool) -> None:
        if node is None:
            return
        if node.type != "parameter_list":
            self._of.type(node)
            return
        for one in node.named_children:
            if one.type not in ("parameter_declaration", "variadic_parameter_declaration"):
                continue
            written = one.child_by_field_name("type")
            if receiver and written is not None:
                self._parameterized(written)
            type_ = self._of.type(written)
            if one.type == "variadic_parameter_declaration":
                type_ = slice_of(type_)
            for name in one.children_by_field_name("name"):
                self._scopes.declare(text(name), type_, name)

    def _parameterized(self, written: Node) -> None:
        """The types that the receiver of a method of a generic type names."""
        for inner in (written, *written.named_children):
            arguments = inner.child_by_field_name("type_arguments") if inner.type == "generic_type" else None
            for argument in arguments.named_children if arguments is not None else ():
                self._scopes.declare_type(text(argument), argument)

    def _inside(self, node: Node) -> None:
        for child in node.named_children:
            self.statement(child)

    def statement(self, node: Node) -> None:
        """One statement."""
        kind = node.type
        judge = self._judges.get(kind)
        if judge is not None:
            judge(node)
        elif kind in _BLOCKS:
            self._scopes.enter()
            self._inside(node)
            self._scopes.leave()
        elif kind in _PLAIN:
            self._inside(node)
        elif kind not in _SILENT:
            self._of.value(node)

    def _declaration(self, node: Node) -> None:
        for one in specifications(node):
            self._specification(one, declare=True)

    def _short(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        names = _list(left)
        types = self._values(_list(right), len(names))
        for name, type_ in zip(names, types, strict=True):
            if name.type != "identifier":
                continue
            before = self._scopes.here(text(name))
            if before is None:
                self._scopes.declare(text(name), _settled(type_), name, must_be_used=True)

    def _values(self, nodes: Sequence[Node], wanted: int) -> list[GoType]:
        types = [self._of.value(one) for one in nodes]
        if len(types) == wanted:
            return types
        if len(types) == 1 and types[0].form is Form.TUPLE and len(types[0].items) == wanted:
            return list(types[0].items)
        # ``value, ok := m[key]`` and the like: only the first is the value.
        return [
            types[0] if len(types) == 1 and wanted == 2 and _gives_two(nodes[0]) else UNKNOWN,
            *[UNKNOWN] * (wanted - 1),
        ]

    def _specification(self, node: Node, *, declare: bool) -> None:
        if node.type in ("type_spec", "type_alias"):
            return
        names = node.children_by_field_name("name")
        written = node.child_by_field_name("type")
        type_ = self._of.type(written) if written is not None else UNKNOWN
        values = _list(node.child_by_field_name("value"))
        if written is not None and len(values) == len(names):
            for value in values:
                self._of.check(value, type_, Place("variable declaration"))
            types = [type_] * len(names)
        else:
            found = self._values(values, len(names)) if values else [UNKNOWN] * len(names)
            types = [type_ if written is not None else _settled(one) for one in found]
            if node.type == "const_spec" and written is None:
                types = found
        if declare:
            for name, one in zip(names, types, strict=True):
                self._scopes.declare(text(name), one, name, must_be_used=node.type == "var_spec")

    def _types(self, node: Node, *, declare: bool) -> None:
        for one in specifications(node):
            name, type_ = one.child_by_field_name("name"), one.child_by_field_name("type")
            if declare and name is not None:
                self._scopes.declare_type(text(name), name)
            self._scopes.enter()
            generic = one.child_by_field_name("type_parameters")
            for parameter in generic.named_children if generic is not None else ():
                for inner in parameter.children_by_field_name("name"):
                    self._scopes.declare_type(text(inner), inner)
            if type_ is not None:
                self._written(type_)
            self._scopes.leave()

    def _written(self, node: Node) -> None:
        """The types inside a type that is declared: names of fields, methods and parameters are none."""
        if node.type in ("type_identifier", "qualified_type"):
            self._of.type(node)
            return
        for child in node.named_children:
            if child.type not in ("identifier", "field_identifier", "comment"):
                self._written(child)

    def _assignment(self, node: Node) -> None:
        left, right = _list(node.child_by_field_name("left")), _list(node.child_by_field_name("right"))
        operator = node.child_by_field_name("operator")
        plain = operator is None or text(operator) == "="
        targets = [self._target(one) for one in left]
        if plain and len(left) == len(right):
            for value, type_ in zip(right, targets, strict=True):
                self._of.check(value, type_, Place("assignment"))
            return
        for value in right:
            self._of.value(value)

    def _target(self, node: Node) -> GoType:
        """What is assigned to; to assign to a variable is not to use it."""
        if node.type == "identifier":
            variable = self._scopes.find(text(node))
            if variable is not None:
                return variable.type
        return self._of.value(node)

    def _return(self, node: Node) -> None:
        values = [one for child in node.named_children for one in (_list(child) or [child]) if one.type != "comment"]
        result = self._results[-1] if self._results else None
        wanted = (
            [result] if result is not None and result.form is not Form.TUPLE else list(result.items if result else ())
        )
        if len(values) == len(wanted):
            for value, type_ in zip(values, wanted, strict=True):
                self._of.check(value, type_, Place("return statement"))
            return
        for value in values:
            self._of.value(value)

    def _type_switch(self, node: Node) -> None:
        self._scopes.enter()
        alias = node.child_by_field_name("alias")
        initializer = node.child_by_field_name("initializer")
        if initializer is not None:
            self.statement(initializer)
        self._of.value(node.child_by_field_name("value"))
        for name in _list(alias):
            self._scopes.declare(text(name), UNKNOWN, name)
        for case in node.named_children:
            if case.type not in ("type_case", "default_case"):
                continue
            self._scopes.enter()
            types = {one.id for one in case.children_by_field_name("type")}
            for child in case.named_children:
                if child.id in types:
                    self._of.type(child)
                else:
                    self.statement(child)
            self._scopes.leave()
        self._scopes.leave()

    def _range(self, node: Node) -> None:
        over = self._of.value(node.child_by_field_name("right"))
        names = _list(node.child_by_field_name("left"))
        declares = any(child.type == ":=" for child in node.children)
        for name, type_ in zip(names, _ranged(over), strict=False):
            if declares and name.type == "identifier":
                self._scopes.declare(text(name), type_, name, must_be_used=True)
            elif not declares:
                self._target(name)

    def _receive(self, node: Node) -> None:
        self._of.value(node.child_by_field_name("right"))
        for name in _list(node.child_by_field_name("left")):
            self._scopes.declare(text(name), UNKNOWN, name)


def _list(node: Node | None) -> list[Node]:
    """The expressions of a list, or the one that stands alone."""
    if node is None:
        return []
    if node.type != "expression_list":
        return [node]
    return [child for child in node.named_children if child.type != "comment"]


def _settled(type_: GoType) -> GoType:
    """The type of a variable that is given a constant."""
    return _DEFAULTS.get(type_.name, UNKNOWN) if type_.form is Form.UNTYPED else type_


def _gives_two(node: Node) -> bool:
    return node.type in ("index_expression", "type_assertion_expression", "type_conversion_expression")


def _ranged(over: GoType) -> tuple[GoType, GoType]:
    """The two values of each turn."""
    match over.form:
        case Form.SLICE | Form.ARRAY:
            return INT, over.element
        case Form.MAP:
            return over.items[0], over.items[1]
        case _:
            return UNKNOWN, UNKNOWN
