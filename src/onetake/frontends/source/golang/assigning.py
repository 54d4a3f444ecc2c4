"""Whether Go takes a value where a type is wanted."""

from __future__ import annotations

from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.types import Form, GoType
from onetake.knowledge.api.model import Class, Enumeration, Interface, Struct

_SAME = {"byte": "uint8", "rune": "int32"}
_NUMBERS = frozenset({"int", "float", "rune"})
NOT_NUMBERS = frozenset({"string", "bool"})
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
        return name in NOT_NUMBERS
    return _SAME.get(name, name) != _SAME.get(target.name, target.name)


def _constant_as(name: str, basic: str) -> bool:
    if basic in _OPEN:
        return False
    if name in _NUMBERS:
        return basic in NOT_NUMBERS
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


def described(written: str, value: GoType) -> str:
    """A value as the compiler tells it: ``"a" (untyped string constant)``, ``name (variable of type string)``."""
    if value.form is Form.UNTYPED and value.name != "nil":
        return f"{written} ({value} constant)"
    return ""
