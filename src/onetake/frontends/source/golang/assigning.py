"""Whether Go takes a value where a type is wanted, and what to write instead."""

from __future__ import annotations

from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.types import Form, GoType
from onetake.knowledge.api.model import Class, Enumeration, Interface, Struct

_SAME = {"byte": "uint8", "rune": "int32"}
_NUMBERS = frozenset({"int", "float", "rune"})
_NOT_NUMBERS = frozenset({"string", "bool"})
_OPEN = frozenset({"error", "any", "comparable"})
_OBJECTS = (Class, Interface)


class Assigning:
    """Compares types as the compiler does; what is not known is taken."""

    def __init__(self, libraries: GoLibraries) -> None:
        self._libraries = libraries

    def refused(self, value: GoType, target: GoType) -> bool:
        """Whether ``value`` surely cannot be assigned to ``target``."""
        if target.form in (Form.UNKNOWN, Form.ANY, Form.OWN, Form.FUNCTION, Form.ARRAY, Form.TUPLE):
            return False
        match value.form:
            case Form.UNTYPED:
                return self._constant(value.name, target)
            case Form.BASIC:
                return _basic(value.name, target)
            case Form.POINTER:
                return self._pointer(value, target)
            case Form.SLICE | Form.MAP:
                return target.form is not value.form or not identical(value, target)
            case Form.LIBRARY:
                return self._library(value, target)
            case Form.FUNCTION:
                return value.function is not None
            case _:
                return False

    def _constant(self, name: str, target: GoType) -> bool:
        described = target.described
        if name == "nil":
            plain = target.form is Form.BASIC and target.name not in _OPEN
            return plain or isinstance(described, Struct | Enumeration)
        if target.form is Form.BASIC:
            return _constant_as(name, target.name)
        # An enumeration is a type of texts.
        return not (name == "string" and isinstance(described, Enumeration))

    def _pointer(self, value: GoType, target: GoType) -> bool:
        inner = value.element
        if target.form is Form.POINTER:
            return not identical(inner, target.element)
        if target.form is Form.LIBRARY and isinstance(target.described, _OBJECTS):
            if inner.form in (Form.OWN, Form.UNKNOWN, Form.ARRAY, Form.TUPLE):
                return False
            members, _ = self._libraries.members(target.described)
            return bool(members)
        return target.form is not Form.BASIC or target.name not in _OPEN

    def _library(self, value: GoType, target: GoType) -> bool:
        given, wanted = value.described, target.described
        if target.form is Form.BASIC:
            return target.name not in _OPEN
        if target.form is not Form.LIBRARY or given is None or wanted is None:
            return True
        if given.place == wanted.place:
            return False
        if isinstance(given, _OBJECTS) and isinstance(wanted, _OBJECTS):
            return bool(self.lacking(value, target))
        return True

    def lacking(self, value: GoType, target: GoType) -> str:
        """A method that the target has and the value surely has not; empty when there is none."""
        if value.described is None or target.described is None:
            return ""
        has, complete = self._libraries.members(value.described)
        wants, _ = self._libraries.members(target.described)
        return next((name for name in sorted(wants) if name not in has), "") if complete else ""


def _basic(name: str, target: GoType) -> bool:
    if target.form is not Form.BASIC:
        return True
    if name in _OPEN or target.name in _OPEN:
        return False
    if target.name == "number":
        return name in _NOT_NUMBERS
    return _SAME.get(name, name) != _SAME.get(target.name, target.name)


def _constant_as(name: str, basic: str) -> bool:
    if basic in _OPEN:
        return False
    if name in _NUMBERS:
        return basic in _NOT_NUMBERS
    return basic != name


def identical(one: GoType, other: GoType) -> bool:
    """Whether two types may be the same."""
    vague = (Form.UNKNOWN, Form.FUNCTION, Form.ARRAY, Form.TUPLE)
    if one.form in vague or other.form in vague:
        return True
    if Form.OWN in (one.form, other.form):
        # A program's own name may be another name of anything; one of a package that was imported has a dot.
        return True
    if one.form is not other.form:
        return False
    if one.form is Form.LIBRARY:
        return one.described is None or other.described is None or one.described.place == other.described.place
    if one.form is Form.BASIC:
        return _SAME.get(one.name, one.name) == _SAME.get(other.name, other.name)
    return all(identical(a, b) for a, b in zip(one.items, other.items, strict=True))


_HELPERS = {"string": "String", "float64": "Number", "bool": "Bool"}
_CONSTANTS = {"string": "string", "int": "float64", "float": "float64", "rune": "float64", "bool": "bool"}


def repair(written: str, value: GoType, target: GoType) -> str:
    """What to write instead of ``written``; empty where that is not clear."""
    if value.form is Form.FUNCTION and value.function is not None:
        return f"call it: {written}()" if not value.function.parameters else ""
    if target.form is Form.POINTER:
        return _pointer(written, value, target.element)
    if target.form is Form.BASIC and value.form is Form.POINTER and identical(value.element, target):
        found = _unwrapped(written)
        return f"write {found}" if found else f"write *{written}"
    if target.form is Form.BASIC and target.name == "number" and value.form is Form.POINTER:
        return f"give {written} itself: it is a *{value.element} already"
    if isinstance(target.described, Enumeration) and (value.form in (Form.BASIC, Form.POINTER)):
        return f"take a member of {target.name}: {target.name}_{target.described.members[0]}, ..."
    return ""


def _unwrapped(written: str) -> str:
    """``jsii.String("a")`` without its helper."""
    for helper in _HELPERS.values():
        if written.startswith(f"jsii.{helper}(") and written.endswith(")") and written.count("(") == 1:
            return written[len(helper) + 6 : -1]
    return ""


def _pointer(written: str, value: GoType, inner: GoType) -> str:
    basic = _CONSTANTS.get(value.name, "") if value.form is Form.UNTYPED else value.name
    if inner.form is Form.BASIC and value.form in (Form.UNTYPED, Form.BASIC):
        same = basic == inner.name or (inner.name == "float64" and basic not in _NOT_NUMBERS)
        if same:
            return f"write jsii.{_HELPERS[inner.name]}({written})" if inner.name in _HELPERS else ""
        return _converted(written, value, inner)
    if value.form is Form.LIBRARY and isinstance(value.described, Struct) and identical(value, inner):
        return f"write &{written}" if len(written) < 40 else f"write & before {value.name}"
    if inner.form is Form.SLICE:
        return _list(value, inner)
    if inner.form is Form.MAP and _map_of(value):
        return f'write &{inner}{{"...": {_example(inner.items[1])}}}'
    return ""


def _converted(written: str, value: GoType, inner: GoType) -> str:
    """A text for a number, and the like, where what is meant is plain."""
    bare = written.strip('"')
    if value.form is not Form.UNTYPED:
        return ""
    if value.name == "string" and inner.name == "float64" and bare.isdecimal():
        return f"write jsii.Number({bare})"
    if value.name == "string" and inner.name == "bool" and bare in ("true", "false"):
        return f"write jsii.Bool({bare})"
    if inner.name == "string" and value.name in ("int", "float", "bool"):
        return f'write jsii.String("{written}")'
    return ""


def _list(value: GoType, inner: GoType) -> str:
    element = inner.element
    given = value.element if value.form is Form.POINTER else value
    if identical(value, element) and value.form is not Form.UNTYPED and value.form is not Form.BASIC:
        return f"put it into a list: &{inner}{{...}}"
    if given.form is Form.SLICE and element.form is Form.POINTER and element.element.name in _HELPERS:
        return f"write jsii.{_HELPERS[element.element.name]}s(...)"
    if given.form is Form.SLICE:
        return f"write &{inner}{{...}}"
    return ""


def _map_of(value: GoType) -> bool:
    given = value.element if value.form is Form.POINTER else value
    return given.form is Form.MAP


def _example(value: GoType) -> str:
    helper = _HELPERS.get(value.element.name, "") if value.form is Form.POINTER else ""
    return f"jsii.{helper}(...)" if helper else "..."


def described(written: str, value: GoType) -> str:
    """A value as the compiler tells it: ``"a" (untyped string constant)``, ``name (variable of type string)``."""
    if value.form is Form.UNTYPED and value.name != "nil":
        return f"{written} ({value} constant)"
    return ""
