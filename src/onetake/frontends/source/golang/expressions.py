"""What the expressions of a Go file are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onetake.frontends.source.golang import standard, telling
from onetake.frontends.source.golang.arguments import Arguments
from onetake.frontends.source.golang.faults import Fault
from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.literals import Literals
from onetake.frontends.source.golang.packages import Imports, Package
from onetake.frontends.source.golang.places import Place
from onetake.frontends.source.golang.scopes import Scopes
from onetake.frontends.source.golang.syntax import GoFile, text
from onetake.frontends.source.golang.types import (
    ANY,
    BASIC,
    BOOL,
    NIL,
    UNKNOWN,
    Form,
    Function,
    GoType,
    function,
    pointer,
    untyped,
)
from onetake.frontends.source.golang.typing import Typing
from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.model import Class, Described, Interface, Struct

if TYPE_CHECKING:
    from tree_sitter import Node

_CONSTANTS = {
    "interpreted_string_literal": untyped("string"),
    "raw_string_literal": untyped("string"),
    "int_literal": untyped("int"),
    "float_literal": untyped("float"),
    "rune_literal": untyped("rune"),
    "imaginary_literal": UNKNOWN,
    "true": untyped("bool"),
    "false": untyped("bool"),
    "nil": NIL,
    "iota": untyped("int"),
}
_WRITTEN = (
    "slice_type map_type array_type implicit_length_array_type pointer_type qualified_type channel_type function_type "
    "interface_type struct_type generic_type type_identifier parenthesized_type"
)
_TYPES = frozenset(_WRITTEN.split())
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "&&", "||"})
_NUMBERS = ("int", "rune", "float")


class Expressions:
    """Types the expressions of one file, and collects faults."""

    def __init__(
        self, file: GoFile, package: Package, typing: Typing, imports: Imports, libraries: GoLibraries
    ) -> None:
        self.faults: list[Fault] = []
        self.scopes = Scopes()
        self.used: set[str] = set()
        """Names of imports that are used."""
        self.undefined: dict[str, tuple[Node, bool]] = {}
        """Names that nothing declares, where they stand first, and whether something is taken from them."""
        self.block: Callable[[Node], None] = lambda _: None
        """Judges the body of a function literal."""
        self._file = file
        self._package = package
        self._typing = typing
        self._imports = imports
        self._libraries = libraries
        self._literals = Literals(self, typing, libraries)
        self._arguments = Arguments(self, libraries)
        self._values: dict[str, GoType] = {}
        self._judges: dict[str, Callable[[Node], GoType]] = {
            "identifier": lambda node: self._name(node, selected=False),
            "parenthesized_expression": lambda node: self.value(_first(node)),
            "selector_expression": self._selector,
            "call_expression": self._call,
            "composite_literal": self._literals.composite,
            "unary_expression": self._unary,
            "binary_expression": self._binary,
            "func_literal": self._literal_function,
            "index_expression": self._index,
            "slice_expression": lambda node: self._all(node)[0],
            "type_assertion_expression": self._asserted,
            "type_conversion_expression": self._asserted,
        }

    def type(self, node: Node | None) -> GoType:
        """The type that is written there."""
        if node is not None:
            self._mark(node)
        return self._typing.read(node, self._file, self.scopes.types)

    def _mark(self, node: Node) -> None:
        """Note the imports that a type uses, and the expressions inside it."""
        if node.type == "qualified_type":
            self._qualified(node)
        elif node.type == "type_identifier":
            self._name(node, selected=False)
        else:
            for child in node.named_children:
                self._mark(child)

    def _qualified(self, node: Node) -> None:
        from_, name = node.child_by_field_name("package"), node.child_by_field_name("name")
        if from_ is None or name is None:
            return
        self._name(from_, selected=True)
        hidden = self.scopes.find(text(from_)) is not None
        imported = None if hidden else self._imports.names.get(text(from_)) or self._imports.meant(text(from_))
        if imported and imported.module:
            symbol = self._libraries.symbol(imported.module, text(name))
            if symbol is None:
                self.faults.append(self._unknown(node, imported.module, text(name)))

    def signature(self, node: Node) -> Function:
        """Of a function literal or declaration."""
        return self._typing.signature(node, self._file, self.scopes.types)

    def value(self, node: Node | None) -> GoType:
        """What an expression is."""
        if node is None:
            return UNKNOWN
        constant = _CONSTANTS.get(node.type)
        if constant is not None:
            return constant
        judge = self._judges.get(node.type)
        if judge is not None:
            return judge(node)
        if node.type in _TYPES:
            self._mark(node)
        elif node.type != "comment":
            self._all(node)
        return UNKNOWN

    def _literal_function(self, node: Node) -> GoType:
        self.block(node)
        return function(self.signature(node))

    def _asserted(self, node: Node) -> GoType:
        self.value(node.child_by_field_name("operand"))
        return self.type(node.child_by_field_name("type"))

    def _all(self, node: Node) -> list[GoType]:
        return [self.value(child) for child in node.named_children if child.type != "comment"] or [UNKNOWN]

    def _name(self, node: Node, *, selected: bool) -> GoType:
        name = text(node)
        if name in ("_", ""):
            return UNKNOWN
        variable = self.scopes.find(name)
        if variable is not None:
            variable.used = True
            return variable.type
        if name in self._imports.names:
            self.used.add(name)
            return UNKNOWN
        if name in self._package.declared:
            return self._declared(name)
        if name not in standard.BUILTINS and name not in BASIC:
            self.undefined.setdefault(name, (node, selected))
        return UNKNOWN

    def _declared(self, name: str) -> GoType:
        """What the package declares: functions, and variables whose type is written."""
        if name not in self._values:
            one = self._package.declared[name]
            self._values[name] = UNKNOWN
            if one.node.type == "function_declaration":
                if one.node.child_by_field_name("type_parameters") is None:
                    self._values[name] = function(self._typing.signature(one.node, one.file, title=name))
            elif one.node.type in ("var_spec", "const_spec") and one.node.child_by_field_name("type") is not None:
                self._values[name] = self._typing.read(one.node.child_by_field_name("type"), one.file)
        return self._values[name]

    def _selector(self, node: Node) -> GoType:
        operand, field = node.child_by_field_name("operand"), node.child_by_field_name("field")
        if operand is None or field is None:
            return UNKNOWN
        if operand.type == "identifier" and self.scopes.find(text(operand)) is None:
            imported = self._imports.names.get(text(operand))
            if imported is not None:
                self.used.add(text(operand))
                return self._of_package(node, imported.path, text(field))
            if text(operand) not in self._package.declared:
                self._name(operand, selected=True)
                meant = self._imports.meant(text(operand))
                return self._of_package(node, meant.path, text(field)) if meant else UNKNOWN
        return self._member(node, self.value(operand), text(field))

    def _of_package(self, node: Node, path: str, name: str) -> GoType:
        if path == standard.JSII:
            found = standard.helper(name)
            if found is None:
                self.faults.append(telling.no_helper(node, name))
            return found or UNKNOWN
        module = self._libraries.module(path)
        if module is None:
            result = standard.result(path, name)
            return function(Function((ANY,), result, variadic=True, title="")) if result.known else UNKNOWN
        symbol = self._libraries.symbol(module, name)
        if symbol is None:
            self.faults.append(self._unknown(node, module, name))
            return UNKNOWN
        return UNKNOWN if symbol.is_type else symbol.type

    def _unknown(self, node: Node, module: Module, name: str) -> Fault:
        imported = {one.path for one in self._imports.names.values()}
        return telling.unknown_name(node, module, name, self._libraries, imported)

    def _member(self, node: Node, owner: GoType, name: str) -> GoType:
        inner = owner.element if owner.form is Form.POINTER else owner
        if inner.form is Form.OWN:
            own = self._typing.own(inner.name)
            found = (own.fields.get(name) or own.methods.get(name)) if own else None
            if own and found is None and own.complete:
                self.faults.append(telling.no_own_member(node, inner.name, name, [*own.fields, *own.methods]))
            return found or UNKNOWN
        if inner.form is not Form.LIBRARY or inner.described is None:
            return UNKNOWN
        members, complete = self._members(inner.described)
        if name not in members and complete and (owner.form is not Form.POINTER or isinstance(inner.described, Struct)):
            self.faults.append(telling.no_member(node, owner, name, members, self._edition(inner.described)))
        found = members.get(name, UNKNOWN)
        if found.function is not None:
            return function(_titled(found.function, text(node)))
        return found

    def _members(self, one: Described) -> tuple[dict[str, GoType], bool]:
        if isinstance(one, Struct):
            fields, complete = self._libraries.fields(one)
            return {name: field.type for name, field in fields.items()}, complete
        if isinstance(one, Class | Interface):
            return self._libraries.members(one)
        return {}, False

    def _edition(self, one: Described) -> Edition | None:
        return self._libraries.jsii.editions.get(one.place.library)

    def _unary(self, node: Node) -> GoType:
        operand = node.child_by_field_name("operand")
        operator = node.child_by_field_name("operator")
        found = self.value(operand)
        match text(operator) if operator is not None else "":
            case "&":
                return pointer(found) if found.form is not Form.UNKNOWN else UNKNOWN
            case "*":
                return found.element if found.form is Form.POINTER else UNKNOWN
            case "!":
                return BOOL
            case "-" | "+":
                return found if found.form in (Form.UNTYPED, Form.BASIC) else UNKNOWN
            case _:
                return UNKNOWN

    def _binary(self, node: Node) -> GoType:
        left = self.value(node.child_by_field_name("left"))
        right = self.value(node.child_by_field_name("right"))
        operator = node.child_by_field_name("operator")
        if operator is not None and text(operator) in _COMPARISONS:
            return UNKNOWN
        if left.form is Form.UNTYPED and right.form is Form.UNTYPED:
            if left == right:
                return left
            both = left.name in _NUMBERS and right.name in _NUMBERS
            return max((left, right), key=lambda one: _NUMBERS.index(one.name)) if both else UNKNOWN
        one = right if left.form is Form.UNTYPED else left
        return one if one.form is Form.BASIC else UNKNOWN

    def _index(self, node: Node) -> GoType:
        operand = self.value(node.child_by_field_name("operand"))
        self.value(node.child_by_field_name("index"))
        match operand.form:
            case Form.SLICE | Form.ARRAY:
                return operand.element
            case Form.MAP:
                return operand.items[1]
            case _:
                return UNKNOWN

    def _call(self, node: Node) -> GoType:
        called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if called is None or arguments is None:
            return UNKNOWN
        given = [child for child in arguments.named_children if child.type != "comment"]
        if called.type == "identifier" and self.scopes.find(text(called)) is None:
            made = self._builtin(text(called), given)
            if made is not None:
                return made
        if called.type in ("parenthesized_expression", *_TYPES):
            self.value(called)
            for one in given:
                self.value(one)
            return UNKNOWN
        found = self.value(called)
        if found.function is None:
            for one in given:
                self.value(one)
            return self._converted(called)
        self._arguments.judge(node, given, found.function)
        return found.function.result

    def _converted(self, called: Node) -> GoType:
        """Of ``awslambda.Runtime("x")``: a conversion."""
        if called.type == "selector_expression":
            operand, field = called.child_by_field_name("operand"), called.child_by_field_name("field")
            imported = self._imports.names.get(text(operand)) if operand is not None else None
            if imported and imported.module and field is not None:
                symbol = self._libraries.symbol(imported.module, text(field))
                return symbol.type if symbol and symbol.is_type else UNKNOWN
        return UNKNOWN

    def _builtin(self, name: str, given: list[Node]) -> GoType | None:
        """The result of what Go declares itself, or of a conversion to a type of the package; ``None`` of others."""
        declared = self._package.declared.get(name)
        if declared is not None:
            if declared.node.type not in ("type_spec", "type_alias"):
                return None
            for one in given:
                self.value(one)
            return GoType(Form.OWN, name)
        if name in self._imports.names or (name not in standard.BUILTINS and name not in BASIC):
            return None
        if name in ("make", "new") and given:
            type_ = self.type(given[0]) if given[0].type in _TYPES else self._type_of_name(given[0])
            for one in given[1:]:
                self.value(one)
            return pointer(type_) if name == "new" else type_
        types = [self.value(one) for one in given]
        if name == "append" and types:
            return types[0]
        if name in BASIC:
            return GoType(Form.BASIC, name) if name not in ("any", "error", "comparable") else UNKNOWN
        return standard.BUILTINS[name]

    def _type_of_name(self, node: Node) -> GoType:
        """A type that stands among arguments: the parser takes its name for a value's."""
        if node.type == "selector_expression":
            self.value(node)
            return self._converted(node)
        self.value(node)
        name = text(node)
        if name in self._package.declared:
            return GoType(Form.OWN, name)
        return GoType(Form.BASIC, name) if name in BASIC and name != "any" else UNKNOWN

    def check(self, node: Node | None, target: GoType, place: Place) -> GoType:
        """Judge a value in a place that wants ``target``; what the value is."""
        return self._literals.check(node, target, place)


def _first(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type != "comment"), None)


def _titled(of: Function, title: str) -> Function:
    return Function(of.parameters, of.result, of.variadic, title, of.unions, of.library)
