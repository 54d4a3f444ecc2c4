"""Literals of structs, lists and maps, and values in the places that want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.source.golang import telling, templates
from onetake.frontends.source.golang.assigning import Assigning
from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.places import Place
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.golang.types import UNKNOWN, Form, GoType
from onetake.frontends.source.golang.typing import Typing
from onetake.frontends.source.golang.unions import Unions
from onetake.knowledge.api.editions import Edition
from onetake.knowledge.api.model import Struct

if TYPE_CHECKING:
    from tree_sitter import Node

    from onetake.frontends.source.golang.expressions import Expressions

_SLICE, _MAP, _STRUCT = Place("slice literal"), Place("map literal"), Place("struct literal")


class Literals:
    """Judges what is written out."""

    def __init__(self, expressions: Expressions, typing: Typing, libraries: GoLibraries) -> None:
        self._of = expressions
        self._typing = typing
        self._libraries = libraries
        self._assigning = Assigning(libraries)
        self._unions = Unions(libraries)
        self._to: Edition | None = None
        """The library that what is written is given to as it stands, so that nothing adds to it."""

    def composite(self, node: Node) -> GoType:
        """What a literal is."""
        type_ = self._of.type(node.child_by_field_name("type"))
        body = node.child_by_field_name("body")
        if body is not None:
            self._body(body, type_)
        written = node.child_by_field_name("type")
        if written is not None and written.type in ("slice_type", "map_type") and type_.form is Form.UNKNOWN:
            return UNKNOWN
        return type_

    def _body(self, body: Node, type_: GoType) -> None:
        inner = type_.element if type_.form is Form.POINTER else type_
        elements = [child for child in body.named_children if child.type in ("literal_element", "keyed_element")]
        if inner.form is Form.LIBRARY and isinstance(inner.described, Struct):
            self._struct(body, elements, inner, inner.described)
        elif inner.form is Form.OWN:
            self._own(elements, inner)
        elif inner.form in (Form.SLICE, Form.ARRAY):
            for one in elements:
                self.check(_content(one), inner.element, _SLICE)
        elif inner.form is Form.MAP:
            for one in elements:
                self._key(one)
                self.check(_content(one), inner.items[1], _MAP)
        else:
            for one in elements:
                self._loose(one)

    def _key(self, element: Node) -> None:
        key = element.child_by_field_name("key") if element.type == "keyed_element" else None
        if key is not None:
            self._of.value(_first(key) if key.type == "literal_element" else key)

    def _loose(self, element: Node) -> None:
        """An element of a literal of which the type is not known: a bare name before a colon may be a field's."""
        if element.type == "keyed_element":
            key = element.child_by_field_name("key")
            inner = _first(key) if key is not None and key.type == "literal_element" else key
            if inner is not None and inner.type != "identifier":
                self._of.value(inner)
            elif inner is not None:
                variable = self._of.scopes.find(text(inner))
                if variable:
                    variable.used = True
        content = _content(element)
        if content is not None and content.type == "literal_value":
            self._body(content, UNKNOWN)
        else:
            self._of.value(content)

    def _struct(self, body: Node, elements: list[Node], type_: GoType, struct: Struct) -> None:
        fields, complete = self._libraries.fields(struct)
        edition = self._libraries.jsii.editions.get(struct.place.library)
        given: set[str] = set()
        for one in elements:
            key = one.child_by_field_name("key") if one.type == "keyed_element" else None
            name = text(key) if key is not None else ""
            field = fields.get(name)
            given.add(name)
            if field is not None:
                self.check(_content(one), field.type, Place("struct literal", field.union, edition, name))
                self._of.faults += templates.faults(_content(one), name, edition)
                continue
            if key is not None and complete:
                self._of.faults.append(telling.no_field(key, type_, name, list(fields), edition))
            self._plain(_content(one))
        if complete and elements and all(one.type == "keyed_element" for one in elements):
            lacking = [name for name, field in fields.items() if not field.field.optional and name not in given]
            if lacking and self._to is not None:
                self._of.faults.append(telling.lacking(body, type_, lacking, edition))

    def _plain(self, content: Node | None) -> None:
        if content is not None and content.type == "literal_value":
            self._body(content, UNKNOWN)
        else:
            self._of.value(content)

    def _own(self, elements: list[Node], type_: GoType) -> None:
        own = self._typing.own(type_.name)
        for at, one in enumerate(elements):
            if own is None:
                self._loose(one)
                continue
            key = one.child_by_field_name("key") if one.type == "keyed_element" else None
            if key is not None:
                name = text(key)
                if own.complete and name not in own.order:
                    self._of.faults.append(telling.no_field(key, type_, name, list(own.order), None))
                field = own.fields.get(name, UNKNOWN) if name in own.order else UNKNOWN
            else:
                field = own.fields.get(own.order[at], UNKNOWN) if at < len(own.order) else UNKNOWN
            self.check(_content(one), field, _STRUCT)

    def check(self, node: Node | None, target: GoType, place: Place) -> GoType:
        """Judge a value in a place that wants ``target``; what the value is."""
        if node is None:
            return UNKNOWN
        before = self._to
        if place not in (_SLICE, _MAP):
            self._to = place.edition
        if node.type == "literal_value":
            self._body(node, target)
            found = target
        else:
            found = self._of.value(node)
        self._to = before
        if self._assigning.refused(found, target):
            lacking = self._assigning.lacking(found, target) if found.form is Form.LIBRARY else ""
            self._of.faults.append(telling.mismatch(node, (found, target), place, lacking))
        elif place.union is not None:
            self._of.faults += self._unions.faults(node, found, place)
        return found


def _first(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type != "comment"), None)


def _content(element: Node) -> Node | None:
    """The value of an element of a literal."""
    if element.type == "keyed_element":
        value = element.child_by_field_name("value")
        return _first(value) if value is not None and value.type == "literal_element" else value
    return _first(element)
