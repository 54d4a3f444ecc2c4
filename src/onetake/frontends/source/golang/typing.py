"""The types that a program writes and declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.packages import Imports, Package
from onetake.frontends.source.golang.syntax import GoFile, text
from onetake.frontends.source.golang.types import (
    ANY,
    BASIC,
    NOTHING,
    UNKNOWN,
    Form,
    Function,
    GoType,
    function,
    map_of,
    pointer,
    slice_of,
)
from onetake.knowledge.api.model import Struct
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node

_MADE: dict[str, tuple[int, Callable[..., GoType]]] = {
    "pointer_type": (1, pointer),
    "slice_type": (1, slice_of),
    "array_type": (1, lambda element: GoType(Form.ARRAY, items=(element,))),
    "implicit_length_array_type": (1, lambda element: GoType(Form.ARRAY, items=(element,))),
    "map_type": (2, map_of),
    "parenthesized_type": (1, lambda inner: inner),
}
"""Types that are made of others: of how many, and how."""
_DEPTH = 8
"""How far embedded structs are followed."""


@record
class Own:
    """The members of a struct or interface that the program declares."""

    fields: dict[str, GoType]
    methods: dict[str, GoType]
    order: tuple[str, ...]
    """Names of the fields as they are written, where all of them are known."""
    complete: bool


class Typing:
    """Reads types of one package."""

    def __init__(self, package: Package, libraries: GoLibraries, imports: Callable[[GoFile], Imports]) -> None:
        self._package = package
        self._libraries = libraries
        self._imports = imports
        self._owns: dict[str, Own | None] = {}

    def read(self, node: Node | None, file: GoFile, local: frozenset[str] = frozenset()) -> GoType:
        """The type that is written; ``local`` are names that stand for types which are not known."""
        if node is None:
            return UNKNOWN
        inner = [self.read(one, file, local) for one in _parts(node)]
        match node.type, inner:
            case "type_identifier", _:
                return self._identifier(text(node), local)
            case "qualified_type", _:
                return self._qualified(node, file)
            case "function_type", _:
                return function(self.signature(node, file, local))
            case "interface_type", _:
                return UNKNOWN if node.named_children else ANY
            case kind, [*_] if kind in _MADE and len(inner) == _MADE[kind][0]:
                return _MADE[kind][1](*inner)
            case _:
                return UNKNOWN

    def _identifier(self, name: str, local: frozenset[str]) -> GoType:
        if name in local:
            return UNKNOWN
        if name in self._package.declared:
            return GoType(Form.OWN, name)
        if name == "any":
            return ANY
        return GoType(Form.BASIC, name) if name in BASIC else UNKNOWN

    def _qualified(self, node: Node, file: GoFile) -> GoType:
        from_, name = node.child_by_field_name("package"), node.child_by_field_name("name")
        if from_ is None or name is None:
            return UNKNOWN
        imports = self._imports(file)
        imported = imports.names.get(text(from_)) or imports.meant(text(from_))
        if imported is None or imported.module is None:
            return UNKNOWN
        symbol = self._libraries.symbol(imported.module, text(name))
        return symbol.type if symbol and symbol.is_type else UNKNOWN

    def signature(self, node: Node, file: GoFile, local: frozenset[str] = frozenset(), title: str = "") -> Function:
        """What a function that the program writes takes and gives."""
        generic = node.child_by_field_name("type_parameters")
        if generic is not None:
            local |= {text(name) for one in generic.named_children for name in one.children_by_field_name("name")}
        types: list[GoType] = []
        variadic = False
        parameters = node.child_by_field_name("parameters")
        for one in parameters.named_children if parameters is not None else ():
            type_ = self.read(one.child_by_field_name("type"), file, local)
            if one.type == "variadic_parameter_declaration":
                variadic = True
                types.append(type_)
            elif one.type == "parameter_declaration":
                types += [type_] * max(1, len(one.children_by_field_name("name")))
        return Function(tuple(types), self._result(node.child_by_field_name("result"), file, local), variadic, title)

    def _result(self, node: Node | None, file: GoFile, local: frozenset[str]) -> GoType:
        if node is None:
            return NOTHING
        if node.type != "parameter_list":
            return self.read(node, file, local)
        types: list[GoType] = []
        for one in node.named_children:
            if one.type == "parameter_declaration":
                names = len(one.children_by_field_name("name"))
                types += [self.read(one.child_by_field_name("type"), file, local)] * max(1, names)
        return types[0] if len(types) == 1 else GoType(Form.TUPLE, items=tuple(types))

    def own(self, name: str) -> Own | None:
        """The struct or interface that the program declares under ``name``; ``None`` where it is none of these."""
        if name not in self._owns:
            self._owns[name] = None
            self._owns[name] = self._read_own(name, 0)
        return self._owns[name]

    def _read_own(self, name: str, depth: int) -> Own | None:
        declared = self._package.declared.get(name)
        if declared is None or declared.node.type != "type_spec" or depth > _DEPTH:
            return None
        if declared.node.child_by_field_name("type_parameters") is not None:
            return None
        type_ = declared.node.child_by_field_name("type")
        methods = {
            method: function(self.signature(one.node, one.file, title=method))
            for method, one in self._package.methods.get(name, {}).items()
        }
        if type_ is None or type_.type != "struct_type":
            return None
        fields: dict[str, GoType] = {}
        order: list[str] = []
        complete = self._package.whole
        for one in type_.named_children[0].named_children:
            if one.type != "field_declaration":
                continue
            read = self.read(one.child_by_field_name("type"), declared.file)
            names = [text(field) for field in one.children_by_field_name("name")]
            read = pointer(read) if not names and text(one).startswith("*") else read
            fields |= dict.fromkeys(names, read)
            order += names
            if not names:
                order.append(str(read).lstrip("*").rpartition(".")[2])
                complete = self._embed(read, fields, methods, depth) and complete
        return Own(fields, methods, tuple(order), complete)

    def _embed(self, type_: GoType, fields: dict[str, GoType], methods: dict[str, GoType], depth: int) -> bool:
        """Add what an embedded type promotes; whether all of that is known."""
        inner = type_.element if type_.form is Form.POINTER else type_
        name = inner.name.rpartition(".")[2]
        if inner.form is Form.LIBRARY and inner.described is not None:
            fields.setdefault(name, type_)
            if isinstance(inner.described, Struct):
                members, complete = self._libraries.fields(inner.described)
                for field, told in members.items():
                    fields.setdefault(field, told.type)
                return complete
            found, complete = self._libraries.members(inner.described)
            for method, of in found.items():
                methods.setdefault(method, of)
            return complete
        if inner.form is Form.OWN:
            fields.setdefault(name, type_)
            own = self._read_own(name, depth + 1)
            if own is None:
                return False
            for field, of in own.fields.items():
                fields.setdefault(field, of)
            for method, of in own.methods.items():
                methods.setdefault(method, of)
            return own.complete
        return False


def _parts(node: Node) -> list[Node]:
    """The types that a type is made of."""
    match node.type:
        case "slice_type" | "array_type" | "implicit_length_array_type":
            return node.children_by_field_name("element")
        case "map_type":
            return [*node.children_by_field_name("key"), *node.children_by_field_name("value")]
        case "pointer_type" | "parenthesized_type":
            return node.named_children[:1]
        case _:
            return []
