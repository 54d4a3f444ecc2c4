"""Bodies as expressions: the blocks of a type become a list of objects, whichever syntax they were written in."""

from __future__ import annotations

from collections.abc import Mapping

from onetake.frontends.terraform.evaluation import Scope, evaluate
from onetake.frontends.terraform.syntax.nodes import (
    Body,
    Dynamic,
    Literal,
    Node,
    Object,
    Problem,
    SyntaxProblem,
    Tuple,
)
from onetake.frontends.terraform.syntax.templates import parse_expression, parse_text
from onetake.frontends.terraform.values import SetItems
from onetake.model.values import Known, Span, Unknown, Value

Fields = dict[str, Node]
COMMENT = "//"


def of_body(body: Body) -> Fields:
    """The arguments of a native body, and its blocks as a list for each type."""
    fields: Fields = {name: argument.value for name, argument in body.arguments.items()}
    grouped: dict[str, list[Node]] = {}
    for block in body.blocks:
        if block.type == "dynamic" and block.labels:
            grouped.setdefault(block.labels[0], []).append(_dynamic(block.labels[0], of_body(block.body)))
        else:
            inside = as_object(of_body(block.body))
            for label in reversed(block.labels):
                inside = as_object({label: inside})
            grouped.setdefault(block.type, []).append(inside)
    fields.update((name, Tuple(tuple(items))) for name, items in grouped.items() if name not in fields)
    return fields


def as_object(fields: Fields) -> Object:
    """The fields of a block as an object."""
    return Object(tuple((Literal(name), node) for name, node in fields.items()), block=True)


def of_json(data: Mapping[str, object], problems: list[Problem]) -> Fields:
    """The fields of a JSON body; texts in it are templates."""
    fields: Fields = {}
    for name, value in data.items():
        if name == "dynamic" and isinstance(value, dict | list):
            for type_name, node in _dynamics(value, problems):
                fields[type_name] = Tuple((*_items(fields.get(type_name)), node))
        elif name != COMMENT:
            fields[name] = json_node(value, problems)
    return fields


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if isinstance(node, Tuple) else (node,)


def json_node(value: object, problems: list[Problem]) -> Node:
    """A JSON value as an expression."""
    match value:
        case str():
            try:
                return parse_text(value)
            except SyntaxProblem as found:
                problems.append(found.problem)
                return Literal(value)
        case dict():
            fields = of_json(value, problems)
            if any("${" in name or "%{" in name for name in fields):
                return Object(tuple((json_node(name, problems), node) for name, node in fields.items()), block=True)
            return as_object(fields)
        case list():
            return Tuple(tuple(json_node(item, problems) for item in value))
        case _:
            return Literal(value)  # type: ignore[arg-type]


def expression_in(value: object, problems: list[Problem]) -> Node:
    """A JSON text that holds a bare expression (``depends_on``, ``provider``), not a template."""
    if isinstance(value, str) and "${" not in value:
        try:
            return parse_expression(value)
        except SyntaxProblem as found:
            problems.append(found.problem)
    return json_node(value, problems)


def _dynamics(value: object, problems: list[Problem]) -> list[tuple[str, Dynamic]]:
    found: list[tuple[str, Dynamic]] = []
    for group in value if isinstance(value, list) else [value]:
        for name, body in group.items() if isinstance(group, dict) else ():
            found += [
                (name, _dynamic(name, of_json(one, problems)))
                for one in (body if isinstance(body, list) else [body])
                if isinstance(one, dict)
            ]
    return found


def _dynamic(name: str, fields: Fields) -> Dynamic:
    content = fields.get("content", Object(()))
    if isinstance(content, Tuple):
        content = content.items[0] if content.items else Object(())
    iterator = fields.get("iterator")
    return Dynamic(
        name,
        fields.get("for_each", Tuple(())),
        getattr(iterator, "name", None) or str(getattr(iterator, "value", None) or name),
        content if isinstance(content, Object) else Object(()),
    )


def expand(node: Tuple, scope: Scope, where: Span) -> Value[object]:
    """The blocks that a list with dynamic ones among them stands for."""
    found: list[Value[object]] = []
    why = ""
    for item in node.items:
        if not isinstance(item, Dynamic):
            found.append(evaluate(item, scope, where / len(found)))
            continue
        place = Span(where.file, (*where.path[:-1], "dynamic", item.type, "content"))
        pairs: list[tuple[Value[object], Value[object]]]
        match evaluate(item.collection, scope, where):
            case Known(SetItems() as items):
                pairs = [(each, each) for each in items]
            case Known(tuple() as items):
                pairs = [(Known(number, where), each) for number, each in enumerate(items)]
            case Known(Mapping() as fields):
                pairs = [(Known(name, where), fields[name]) for name in sorted(fields)]
            case Unknown(reason):
                why = reason
                continue
            case _:
                continue
        scope.module.program.spend(len(pairs))
        for number, (key, each) in enumerate(pairs):
            names = {item.iterator: Known({"key": key, "value": each}, where)}
            found.append(evaluate(item.content, scope.having(names, number), place))
    return Unknown(why, where, members=tuple(found)) if why else Known(tuple(found), where)
