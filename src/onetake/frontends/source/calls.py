"""Calls of a library's classes, structs and methods, and what is read of them, against one edition of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from onetake.frontends.source import words
from onetake.frontends.source.faults import (
    KEY_DROPPED,
    LIST_IN_TEXT,
    MISSING_ARGUMENT,
    NO_ORDER,
    STRUCT_AS_CONSTRUCT,
    UNKNOWN_ARGUMENT,
    UNKNOWN_ATTRIBUTE,
    WRONG_KIND,
    Fault,
)
from onetake.frontends.source.kinds import Kinds, Mismatch
from onetake.frontends.source.resolving import Resolver
from onetake.frontends.source.scopes import Scopes
from onetake.frontends.source.signatures import Argument, Signature, of_method, of_struct
from onetake.knowledge.api.model import Class, Described, Struct
from onetake.knowledge.api.names import python_field
from onetake.knowledge.api.types import Form

_ENCODED_LIST = "Error: Found an encoded list token string in a scalar string context."
"""What cdktf prints first, as it was seen with 0.20.12; the rest explains tokens."""


class Calls:
    """Judges the calls of one file."""

    def __init__(self, scopes: Scopes, resolver: Resolver) -> None:
        self._scopes = scopes
        self._resolver = resolver
        self._libraries = resolver.libraries
        self._members = resolver.members
        self._kinds = Kinds(self._libraries, self.instance)
        self._root = resolver.edition.root

    def faults(self, node: ast.AST) -> Iterator[Fault]:
        """What is wrong with one call, or one attribute that is read."""
        match node:
            case ast.Call():
                yield from self._call(node)
            case ast.Attribute(ctx=ast.Load()):
                yield from self._attribute(node)
            case ast.FormattedValue():
                yield from self._formatted(node)

    def instance(self, node: ast.expr) -> Described | None:
        """The class or struct of which an expression surely is an instance: it was made by its constructor."""
        made = self._scopes.value(node)
        if not isinstance(made, ast.Call):
            return None
        found = self._type(made.func)
        return found if isinstance(found, Class | Struct) else None

    def _type(self, node: ast.expr) -> Described | None:
        named = self._scopes.named(node)
        found = self._resolver.find(named) if named else None
        return found.type if found and not found.rest else None

    def _judged(self, type_: Described | None) -> bool:
        """Whether it is of the library whose editions are compared: others are judged by their own."""
        return type_ is not None and type_.place.library == self._root

    def _call(self, call: ast.Call) -> Iterator[Fault]:
        type_ = self._type(call.func)
        if type_ is not None and self._judged(type_):
            if isinstance(type_, Struct) and call.args:
                yield self._no_construct(call, type_)
                return
            signature = self._resolver.signature(type_)
            if signature is not None:
                yield from self._given(call, signature, type_.place.name, "__init__")
            return
        if not isinstance(call.func, ast.Attribute):
            return
        yield from self._without_order(call, call.func)
        owner = self._type(call.func.value) or self.instance(call.func.value)
        if owner is None or not self._judged(owner):
            return
        found = self._members.method(owner, call.func.attr)
        if found is not None:
            method, home = found
            yield from self._given(call, of_method(method, home, self._libraries), home.place.name, call.func.attr)

    def _without_order(self, call: ast.Call, called: ast.Attribute) -> Iterator[Fault]:
        """A dependency between elements of cdktf and cdktn, which write only those that ``depends_on`` names."""
        if (
            called.attr != "add_dependency"
            or not isinstance(called.value, ast.Attribute)
            or called.value.attr != "node"
        ):
            return
        owner = self.instance(called.value.value)
        if owner is None or not self._judged(owner) or self._scopes.imports("Aspects"):
            return
        if any(one.place.name == "TerraformElement" for one in self._libraries.ancestry(owner)[0]):
            subject = ast.unparse(called.value.value)
            message = f"{subject}.node.add_dependency orders nothing: no depends_on is synthesized from it"
            fix = f"give the constructor of {subject} depends_on=[{', '.join(map(ast.unparse, call.args))}]"
            yield Fault(NO_ORDER, call, "add_dependency", message, "", fix)

    def _no_construct(self, call: ast.Call, struct: Struct) -> Fault:
        """A struct that is made like a construct."""
        name = struct.place.name
        verbatim = "" if call.keywords else words.too_many(f"{name}.__init__()", 0, len(call.args))
        message = f"{name} is the value of an argument, not a construct: it takes no {ast.unparse(call.args[0])}"
        return Fault(STRUCT_AS_CONSTRUCT, call, name, message, verbatim, self._members.user(struct))

    def _given(self, call: ast.Call, signature: Signature, owner: str, function: str) -> Iterator[Fault]:
        called = f"{owner}.{function}()"
        title = owner if function == "__init__" else f"{owner}.{function}"
        starred = any(isinstance(one, ast.Starred) for one in call.args)
        unpacked = any(one.arg is None for one in call.keywords)
        known = {**signature.positional, **signature.keywords}
        given = {*list(signature.positional)[: len(call.args)], *(one.arg for one in call.keywords if one.arg)}
        missing = [name for name, one in known.items() if one.required and name not in given]
        for keyword in call.keywords:
            if keyword.arg is not None and keyword.arg not in known and signature.complete:
                near = _nearest(keyword.arg, known)
                missing = [name for name in missing if name != near]
                yield _unknown(keyword, title, called, near)
        over = len(call.args) - len(signature.positional)
        if over > 0 and not signature.variadic and not starred and signature.complete:
            yield _too_many(call, signature, title, called)
        elif missing and not starred and not unpacked and signature.complete:
            yield _missing(call, missing, signature, title, called)
        yield from self._kinds_of(call, signature, starred=starred)

    def _kinds_of(self, call: ast.Call, signature: Signature, *, starred: bool) -> Iterator[Fault]:
        for (name, argument), node in zip(() if starred else signature.positional.items(), call.args, strict=False):
            yield from self._value(name, argument, node)
        for keyword in call.keywords:
            name = keyword.arg or ""
            wanted = signature.keywords.get(name) or signature.positional.get(name)
            if wanted is not None:
                yield from self._value(name, wanted, keyword.value)

    def _value(self, name: str, argument: Argument, given: ast.expr) -> Iterator[Fault]:
        node = self._scopes.written(given)
        wanted = self._libraries.get(argument.type, argument.home) if argument.type.form is Form.NAMED else None
        if isinstance(node, ast.Dict) and isinstance(wanted, Struct):
            yield from self._as_struct(node, wanted)
            return
        for element, struct in self._kinds.dicts(node, argument.type, argument.home):
            yield from self._in_list(name, element, struct)
        for one in self._kinds.mismatches(node, argument.type, argument.home):
            yield _mismatch(name, argument, one, top=one.node is node)

    def _in_list(self, name: str, node: ast.Dict, struct: Struct) -> Iterator[Fault]:
        """A dict among the elements of a list: jsii takes the keys that it knows as they are, and drops all others."""
        fields = self._libraries.fields(struct)[0]
        keys = [(at, at.value) for at in node.keys if isinstance(at, ast.Constant) and isinstance(at.value, str)]
        if len(keys) < len(node.keys):
            return
        maps = [one.name for one in fields.values() if len(fields) == 1 and one.type.form is Form.MAP]
        around = f"write {struct.place.name}({python_field(maps[0])}={{...}}) around the keys" if maps else ""
        for at, key in keys:
            if key not in fields:
                meant = next((field for field in fields if python_field(field) == python_field(key)), "")
                fix = f"write {struct.place.name}({python_field(meant)}=...)" if meant else around
                yield Fault(KEY_DROPPED, at, key, f"{key} is dropped from an element of {name}", "", fix)
        given = {key for _, key in keys}
        lacking = [field.name for field in fields.values() if not field.optional and field.name not in given]
        if lacking:
            message = f"an element of {name} needs {', '.join(map(python_field, lacking))}"
            yield Fault(MISSING_ARGUMENT, node, name, message, "", f"write {struct.place.name}(...)")

    def _as_struct(self, node: ast.Dict, struct: Struct) -> Iterator[Fault]:
        """A dict that jsii gives to the struct's own class."""
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        if len(keys) < len(node.keys):
            return
        keywords = [
            ast.keyword(key, value, lineno=at.lineno, col_offset=at.col_offset, end_lineno=at.end_lineno,
                        end_col_offset=at.end_col_offset)
            for key, at, value in zip(keys, node.keys, node.values, strict=True) if at is not None
        ]  # fmt: skip
        call = ast.copy_location(ast.Call(node, [], keywords), node)
        yield from self._given(call, of_struct(struct, self._libraries), struct.place.name, "__init__")

    def _attribute(self, node: ast.Attribute) -> Iterator[Fault]:
        type_ = self._type(node.value)
        if type_ is not None and self._judged(type_) and self._type(node) is None:
            if not self._members.static(type_, node.attr):
                yield _no_member(node, type_, self._members.nearest(type_, node.attr), of_type=True)
            return
        owner = self.instance(node.value)
        if owner is not None and self._judged(owner) and not self._members.has(owner, node.attr):
            yield _no_member(node, owner, self._members.nearest(owner, node.attr), of_type=False)

    def _formatted(self, node: ast.FormattedValue) -> Iterator[Fault]:
        """A list of another resource inside a text: what is printed is a list of one token, not its values."""
        value = node.value
        if not isinstance(value, ast.Attribute):
            return
        owner = self.instance(value.value)
        found = self._members.property(owner, value.attr) if owner is not None and self._judged(owner) else None
        if found is not None and found.type.form is Form.LIST:
            text = ast.unparse(value)
            yield Fault(
                LIST_IN_TEXT,
                value,
                value.attr,
                f"puts the list {text} into a text, which holds its values only after they are known",
                _ENCODED_LIST if self._resolver.edition.root.startswith("cdkt") else "",
                f'use Fn.element({text}, 0) or Fn.join(",", {text})',
            )


def _nearest(name: str, known: dict[str, Argument]) -> str:
    snake = python_field(name)
    return snake if snake in known else words.nearest(name, known)


def _unknown(keyword: ast.keyword, title: str, called: str, near: str) -> Fault:
    name = keyword.arg or ""
    message = f"{title} takes no argument {name}"
    return Fault(UNKNOWN_ARGUMENT, keyword, name, message, words.unexpected(called, name), words.use(near), near)


def _too_many(call: ast.Call, signature: Signature, title: str, called: str) -> Fault:
    names = ", ".join(signature.positional)
    takes = f"takes {names} by position" if names else "takes arguments by their names only"
    verbatim = "" if call.keywords else words.too_many(called, len(signature.positional), len(call.args))
    return Fault(UNKNOWN_ARGUMENT, call, title, f"{title} {takes}, and is given {len(call.args)}", verbatim, "")


def _missing(call: ast.Call, missing: list[str], signature: Signature, title: str, called: str) -> Fault:
    first = [name for name in missing if name in signature.positional]
    verbatim = words.missing(called, first or missing, positional=bool(first))
    return Fault(MISSING_ARGUMENT, call, title, f"{title} needs {', '.join(missing)}", verbatim, "")


def _mismatch(name: str, argument: Argument, one: Mismatch, *, top: bool) -> Fault:
    where = name if top else f"an element of {name}"
    verbatim = ""
    scalar = argument.type.name if argument.type.form is Form.SCALAR else ""
    python = {"string": ["str"], "number": ["int", "float"]}.get(scalar)
    if python and one.python and top:
        every = python if argument.required else [*python, "NoneType"]
        wanted = every[0] if len(every) == 1 else f"one of ({', '.join(every)})"
        verbatim = f"TypeError: type of argument {name} must be {wanted}; got {one.python} instead"
    given = "one of such elements" if one.given == one.takes else one.given
    return Fault(WRONG_KIND, one.node, name, f"{where} takes {one.takes}, not {given}", verbatim, one.fix)


def _no_member(node: ast.Attribute, owner: Described, near: str, *, of_type: bool) -> Fault:
    name, called = owner.place.name, owner.place.name.rpartition(".")[2]
    subject = f"type object '{called}'" if of_type else f"'{called}' object"
    verbatim = f"AttributeError: {subject} has no attribute '{node.attr}'" if isinstance(owner, Class) else ""
    return Fault(UNKNOWN_ATTRIBUTE, node, node.attr, f"{name} has no {node.attr}", verbatim, words.use(near), near)
