"""Values in places where Go takes anything, against what the library takes there when the program runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.changes import instead
from onetake.frontends.source.golang.faults import KEY_DROPPED, MISSING_FIELD, NOT_A_LIST, WRONG_KIND, Fault
from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.places import Place
from onetake.frontends.source.golang.repairing import as_list, repair
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.golang.types import Form, GoType
from onetake.frontends.source.golang.unaltered import written
from onetake.knowledge.api import types as jsii
from onetake.knowledge.api.model import Class, Described, Interface, Struct
from onetake.knowledge.api.names import go_name, python_field

if TYPE_CHECKING:
    from tree_sitter import Node

_SCALARS = {"string": "text", "number": "number", "boolean": "truth"}
_SHAPES = {"string": "text", "bool": "truth"}
_SHOWN = {"text": "a text", "number": "a number", "truth": "true or false", "list": "a list", "map": "a map"}
_OPEN = ("any", "json", "date")


class Unions:
    """Judges what is given where Go takes anything."""

    def __init__(self, libraries: GoLibraries) -> None:
        self._libraries = libraries

    def faults(self, node: Node, value: GoType, place: Place) -> Iterator[Fault]:
        """What the library will not take of a value, or will drop of it."""
        union = place.union
        if union is None:
            return
        if value.form is Form.FUNCTION and value.function is not None:
            yield _function(node, value, place)
            return
        choices = _choices(union.type)
        if any(one.form is jsii.Form.SCALAR and one.name in _OPEN for one in choices):
            return
        shape = _shape(value)
        if not shape:
            return
        struct = self._struct(value)
        if not any(self._takes(shape, struct, one, union.home) for one in choices):
            yield self._refused(node, value, shape, place)
            return
        given = written(node)
        for element in map(written, _elements(given)) if shape == "list" else (given,):
            for one in choices:
                inner = one.items[0] if one.form is jsii.Form.LIST else one
                wanted = self._libraries.jsii.get(inner, union.home)
                if isinstance(wanted, Struct) and (shape == "list") == (one.form is jsii.Form.LIST):
                    yield from self._keys(element, wanted, place)

    def _takes(self, shape: str, struct: Struct | None, type_: jsii.Type, home: Described) -> bool:
        match type_.form:
            case jsii.Form.SCALAR:
                return _SCALARS.get(type_.name, shape) == shape
            case jsii.Form.LIST:
                return shape == "list"
            case jsii.Form.MAP:
                return shape in ("map", "struct")
            case jsii.Form.UNION:
                return any(self._takes(shape, struct, one, home) for one in type_.items)
            case jsii.Form.NAMED:
                return self._takes_named(shape, struct, self._libraries.jsii.get(type_, home))

    def _takes_named(self, shape: str, struct: Struct | None, wanted: Described | None) -> bool:
        if isinstance(wanted, Struct):
            if shape != "struct" or struct is None:
                return shape in ("map", "object", "struct")
            # jsii takes a struct for another one as long as its fields fit.
            return True
        if isinstance(wanted, Class | Interface):
            return shape == "object"
        # A member of an enumeration is a text for Go.
        return True

    def _struct(self, value: GoType) -> Struct | None:
        inner = value.element if value.form is Form.POINTER else value
        return inner.described if isinstance(inner.described, Struct) else None

    def _refused(self, node: Node, value: GoType, shape: str, place: Place) -> Fault:
        union, struct, name = place.union, self._struct(value), place.shown
        choices = _choices(union.type) if union else ()
        lists = [one for one in choices if one.form is jsii.Form.LIST]
        if union and lists and struct is not None:
            inner = self._libraries.jsii.get(lists[0].items[0], union.home)
            title = f"*{self._libraries.named(inner)}" if inner is not None else "interface{}"
            message = f"{name} takes a list, not one {self._libraries.named(struct)}: Go compiles it, jsii refuses it"
            told = f"put it into a list: &[]{title}{{...}}"
            changes = as_list(node, f"[]{title}") if value.form is Form.POINTER else ()
            return Fault(NOT_A_LIST, node, name, message, "", told, place.edition, changes=changes)
        shown = (self._shown(one, union.home) for one in choices if union)
        takes = " or ".join(dict.fromkeys(filter(None, shown)))
        what = _SHOWN.get(shape) or str(value)
        message = f"{name} takes {takes or 'something else'}, not {what}: Go compiles it, jsii refuses it"
        rule = NOT_A_LIST if lists and shape in ("map", "struct") else WRONG_KIND
        fix = "put it into a list" if rule is NOT_A_LIST else ""
        return Fault(rule, node, name, message, "", fix, place.edition, compiles=True)

    def _shown(self, type_: jsii.Type, home: Described) -> str:
        match type_.form:
            case jsii.Form.SCALAR:
                return _SHOWN.get(_SCALARS.get(type_.name, ""), type_.name)
            case jsii.Form.LIST:
                return "a list"
            case jsii.Form.MAP:
                return "a map"
            case _:
                one = self._libraries.jsii.get(type_, home)
                return str(self._libraries.named(one)) if one is not None and type_.name != "IResolvable" else ""

    def _keys(self, node: Node, wanted: Struct, place: Place) -> Iterator[Fault]:
        """A map that stands for a struct: the library knows its keys in camel case, and drops all others."""
        keys, name = _keys(node), place.shown
        fields, complete = self._libraries.fields(wanted)
        if keys is None or not complete:
            return
        known = {told.field.name for told in fields.values()}
        title = self._libraries.named(wanted)
        for key, at in keys.items():
            if key not in known:
                meant = next((one for one in known if python_field(one) == python_field(key)), "")
                fix = f"write a &{title}{{{go_name(meant)}: ...}}, or the key {meant}" if meant else ""
                message = f"the key {key} is dropped from a map that stands for {title} in {name}"
                changes = (instead(at, f'"{meant}"'),) if meant else ()
                yield Fault(KEY_DROPPED, at, key, message, "", fix, place.edition, changes=changes)
        lacking = [
            told.field.name for told in fields.values() if not told.field.optional and told.field.name not in keys
        ]
        if lacking and not any(key not in known for key in keys):
            message = f"a map that stands for {title} in {name} needs {', '.join(lacking)}"
            yield Fault(MISSING_FIELD, node, name, message, "", f"write a &{title}{{...}}", place.edition)


def _function(node: Node, value: GoType, place: Place) -> Fault:
    """A function where Go takes anything: what is handed to the library becomes JSON, which has none."""
    mended = repair(node, value, value)
    message = f"{place.shown} takes no function: Go compiles it, jsii cannot hand it on"
    return Fault(WRONG_KIND, node, place.shown, message, "", mended.told, compiles=True, changes=mended.changes)


def _choices(type_: object) -> tuple[jsii.Type, ...]:
    if not isinstance(type_, jsii.Type):
        return ()
    return type_.items if type_.form is jsii.Form.UNION else (type_,)


def _shape(value: GoType) -> str:
    """What jsii is given; empty where that is not known."""
    match value.form:
        case Form.UNTYPED if value.name != "nil":
            return _SHAPES.get(value.name, "number")
        case Form.BASIC if value.name not in ("error", "any"):
            return _SHAPES.get(value.name, "number")
        case Form.POINTER:
            inner = value.element
            if inner.form is Form.LIBRARY:
                return "struct" if isinstance(inner.described, Struct) else ""
            return _shape(inner) if inner.form in (Form.BASIC, Form.SLICE, Form.MAP) else ""
        case Form.SLICE:
            return "list"
        case Form.MAP:
            return "map"
        case Form.LIBRARY if isinstance(value.described, Class | Interface):
            return "object"
        case Form.LIBRARY if isinstance(value.described, Struct):
            return "struct"
        case _:
            return ""


def _literal(node: Node) -> Node | None:
    """The body of a literal, behind ``&``."""
    if node.type == "unary_expression":
        operand = node.child_by_field_name("operand")
        return _literal(operand) if operand is not None else None
    if node.type == "literal_value":
        return node
    return node.child_by_field_name("body") if node.type == "composite_literal" else None


def _elements(node: Node) -> Iterator[Node]:
    body = _literal(node)
    for one in body.named_children if body is not None else ():
        if one.type == "literal_element" and one.named_children:
            yield one.named_children[0]


def _keys(node: Node) -> dict[str, Node] | None:
    """The keys of a map that is written out, when all of them are texts; ``None`` of anything else."""
    body = _literal(node)
    written = node if node.type == "composite_literal" else next(iter(node.named_children), node)
    type_ = written.child_by_field_name("type")
    if body is None or type_ is None or type_.type != "map_type":
        return None
    found: dict[str, Node] = {}
    for one in body.named_children:
        key = one.child_by_field_name("key") if one.type == "keyed_element" else None
        inner = key.named_children[0] if key is not None and key.named_children else key
        if inner is None or inner.type != "interpreted_string_literal":
            return None
        found[text(inner).strip('"')] = inner
    return found
