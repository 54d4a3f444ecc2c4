"""What an expression surely is, and whether a library's type takes that."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Class, Described, Enumeration, Interface, Struct
from onetake.knowledge.api.names import python_field
from onetake.knowledge.api.types import Form, Type
from onetake.model.records import record

Instance = Callable[[ast.expr], Described | None]
"""The class or struct of which an expression surely is an instance."""
_WORDS = {"str": "a text", "int": "a number", "float": "a number", "bool": "true or false", "list": "a list"}
_TAKES = {"string": "a text", "number": "a number", "boolean": "True or False"}


@record
class Mismatch:
    """An expression in a place that does not take it."""

    node: ast.expr
    given: str
    takes: str
    fix: str = ""
    python: str = ""
    """The name of its Python type, where the type checker of jsii tells it so."""


class Kinds:
    """Compares expressions with types."""

    def __init__(self, libraries: Libraries, instance: Instance) -> None:
        self._libraries = libraries
        self._instance = instance

    def mismatches(self, node: ast.expr, type_: Type, home: Described) -> Iterator[Mismatch]:
        """What of an expression, or inside it, a type surely does not take; nothing of what is not known."""
        if self._takes(node, type_, home):
            return
        elements = isinstance(node, ast.List | ast.Tuple) and type_.form is Form.LIST
        values = isinstance(node, ast.Dict) and type_.form is Form.MAP
        if elements or values:
            inner = node.elts if isinstance(node, ast.List | ast.Tuple) else getattr(node, "values", [])
            for one in inner:
                yield from self.mismatches(one, type_.items[0], home)
            return
        given = self._described(node)
        yield Mismatch(node, given, self._wanted(type_, home), self._fix(node, type_, home), _python(node))

    def dicts(self, node: ast.expr, type_: Type, home: Described) -> Iterator[tuple[ast.Dict, Struct]]:
        """The dicts in a list of structs."""
        choices = type_.items if type_.form is Form.UNION else (type_,)
        for one in choices if isinstance(node, ast.List) else ():
            struct = self._libraries.get(one.items[0], home) if one.form is Form.LIST else None
            if isinstance(struct, Struct) and self._libraries.ancestry(struct)[1]:
                yield from ((element, struct) for element in getattr(node, "elts", ()) if isinstance(element, ast.Dict))

    def _takes(self, node: ast.expr, type_: Type, home: Described) -> bool:
        """Whether it may be taken."""
        match type_.form:
            case Form.SCALAR:
                return self._scalar(node, type_.name)
            case Form.UNION:
                return any(self._takes(node, one, home) for one in type_.items)
            case Form.LIST:
                return self._list(node, type_, home)
            case Form.MAP:
                return self._map(node, type_, home)
            case Form.NAMED:
                return self._named(node, type_, home)

    def _scalar(self, node: ast.expr, name: str) -> bool:
        if name not in _TAKES:
            return True
        kind = literal(node)
        if not kind:
            return self._instance(node) is None
        taken = {"string": ("str",), "number": ("int", "float", "bool"), "boolean": ("bool",)}[name]
        return kind in (*taken, "None")

    def _list(self, node: ast.expr, type_: Type, home: Described) -> bool:
        if isinstance(node, ast.List | ast.Tuple):
            return all(isinstance(one, ast.Starred) or self._takes(one, type_.items[0], home) for one in node.elts)
        kind = literal(node)
        return kind in ("", "None", "list") if kind else self._instance(node) is None

    def _map(self, node: ast.expr, type_: Type, home: Described) -> bool:
        if isinstance(node, ast.Dict):
            return all(
                key is None or self._takes(value, type_.items[0], home)
                for key, value in zip(node.keys, node.values, strict=True)
            )
        kind = literal(node)
        return kind in ("None", "dict") if kind else self._instance(node) is None

    def _named(self, node: ast.expr, type_: Type, home: Described) -> bool:
        wanted = self._libraries.get(type_, home)
        if wanted is None:
            return True
        kind = literal(node)
        if kind:
            # The values of interfaces are objects of classes; a dict stands for a struct only.
            return kind == "None" or (kind == "dict" and isinstance(wanted, Struct))
        given = self._instance(node)
        if given is None or (isinstance(wanted, Interface) and isinstance(given, Class)):
            return True
        lineage, complete = self._libraries.ancestry(given)
        return not complete or any(one.place == wanted.place for one in lineage)

    def _described(self, node: ast.expr) -> str:
        kind = literal(node)
        if kind:
            return {"dict": "a dict"}.get(kind, _WORDS.get(kind, kind))
        given = self._instance(node)
        return f"an instance of {given.place.name}" if given else "a value"

    def _wanted(self, type_: Type, home: Described) -> str:
        match type_.form:
            case Form.SCALAR:
                return _TAKES.get(type_.name, type_.name)
            case Form.LIST:
                return "a list"
            case Form.MAP:
                return "a dict"
            case Form.UNION:
                shown = dict.fromkeys(self._wanted(one, home) for one in type_.items if one.name != "IResolvable")
                return " or ".join(shown)
            case Form.NAMED:
                return type_.name

    def _fix(self, node: ast.expr, type_: Type, home: Described) -> str:
        choices = type_.items if type_.form is Form.UNION else (type_,)
        for one in choices:
            if one.form is Form.LIST and self._takes(node, one.items[0], home):
                return self._in_list(node, one.items[0], home)
        value = node.value if isinstance(node, ast.Constant) else None
        names = {one.name for one in choices if one.form is Form.SCALAR}
        if isinstance(value, str) and "number" in names and value.strip().isdecimal():
            return f"write {int(value)} without quotes"
        if isinstance(value, str) and "boolean" in names and value.lower() in ("true", "false"):
            return f"write {value.capitalize()} without quotes"
        if "string" in names and isinstance(value, int | float) and not isinstance(value, bool):
            return f'write "{value}"'
        for one in choices:
            wanted = self._libraries.get(one, home)
            if isinstance(wanted, Enumeration) and isinstance(value, str):
                return _member(value, wanted)
        return ""

    def _in_list(self, node: ast.expr, element: Type, home: Described) -> str:
        """One element for a list; a dict of other keys than the struct's would lose them."""
        choices = element.items if element.form is Form.UNION else (element,)
        structs = [one for one in (self._libraries.get(choice, home) for choice in choices) if isinstance(one, Struct)]
        if isinstance(node, ast.Dict) and structs:
            fields = self._libraries.fields(structs[0])[0]
            if not {key.value for key in node.keys if isinstance(key, ast.Constant)} <= fields.keys():
                return f"give a list: [{structs[0].place.name}({', '.join(map(python_field, fields))}=...)]"
        return "put it into a list: [...]"


def _member(value: str, wanted: Enumeration) -> str:
    bare = "".join(filter(str.isalnum, value)).upper()
    found = next((one for one in wanted.members if one.replace("_", "").upper() == bare), "")
    return f"write {wanted.place.name}.{found}" if found else f"take a member of {wanted.place.name}"


def literal(node: ast.expr) -> str:
    """The Python type of an expression that is written out; empty for others."""
    match node:
        case ast.Constant(value=None):
            return "None"
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return type(value).__name__
        case ast.JoinedStr():
            return "str"
        case ast.List() | ast.ListComp() | ast.Tuple():
            return "list"
        case ast.Dict() | ast.DictComp():
            return "dict"
        case _:
            return ""


def _python(node: ast.expr) -> str:
    kind = literal(node)
    return kind if kind in ("str", "int", "float", "bool", "dict") else ""
