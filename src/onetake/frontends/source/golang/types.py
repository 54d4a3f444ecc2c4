"""Types of Go, as far as a program's text and the libraries tell them."""

from __future__ import annotations

from enum import Enum

from onetake.knowledge.api.model import Described
from onetake.model.records import record


class Form(Enum):
    """What kind of type it is."""

    UNKNOWN = "unknown"
    BASIC = "basic"
    """``string``, ``float64`` and the like."""
    UNTYPED = "untyped"
    """A constant that takes the type of its place: ``string``, ``int``, ``float``, ``rune``, ``bool`` or ``nil``."""
    POINTER = "pointer"
    SLICE = "slice"
    ARRAY = "array"
    MAP = "map"
    ANY = "interface{}"
    LIBRARY = "library"
    """Something that a construct library declares."""
    OWN = "own"
    """Something that the program itself declares."""
    FUNCTION = "function"
    TUPLE = "tuple"
    """What a function with several results gives, or with none."""


@record
class GoType:
    """A type; ``items`` are the element (pointer, list), the key and the value (map), or the members of a tuple."""

    form: Form
    name: str = ""
    items: tuple[GoType, ...] = ()
    described: Described | None = None
    """Of the library's."""
    function: Function | None = None

    def __str__(self) -> str:
        match self.form:
            case Form.POINTER:
                return f"*{self.items[0]}"
            case Form.SLICE:
                return f"[]{self.items[0]}"
            case Form.MAP:
                return f"map[{self.items[0]}]{self.items[1]}"
            case Form.ANY:
                return "interface{}"
            case Form.UNTYPED:
                return self.name if self.name == "nil" else f"untyped {self.name}"
            case _:
                return self.name

    @property
    def element(self) -> GoType:
        """Of a pointer or list."""
        return self.items[0] if self.items else UNKNOWN

    @property
    def known(self) -> bool:
        """Whether all of it is known."""
        return self.form not in _VAGUE and all(item.known for item in self.items)


@record
class Function:
    """What a function takes and gives."""

    parameters: tuple[GoType, ...]
    """Of a variadic one the last is the type of one more argument."""
    result: GoType
    variadic: bool = False
    title: str = ""
    """How the compiler calls it."""
    unions: tuple[Union | None, ...] = ()
    """For parameters that take anything in Go: what the library says of them."""
    library: str = ""
    """The root module of the construct library that declares it."""


@record
class Union:
    """What a library takes where Go takes anything."""

    type: object
    home: Described


UNKNOWN = GoType(Form.UNKNOWN)
ANY = GoType(Form.ANY)
NIL = GoType(Form.UNTYPED, "nil")
STRING = GoType(Form.BASIC, "string")
BOOL = GoType(Form.BASIC, "bool")
FLOAT = GoType(Form.BASIC, "float64")
INT = GoType(Form.BASIC, "int")
NOTHING = GoType(Form.TUPLE)
_VAGUE = frozenset({Form.UNKNOWN, Form.FUNCTION, Form.TUPLE, Form.ARRAY})
_NAMES = (
    "bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr byte rune float32 float64 "
    "complex64 complex128 error comparable any"
)
BASIC = frozenset(_NAMES.split())
"""Names of types that Go declares itself."""


def pointer(to: GoType) -> GoType:
    """``*T``."""
    return GoType(Form.POINTER, items=(to,))


def slice_of(element: GoType) -> GoType:
    """``[]T``."""
    return GoType(Form.SLICE, items=(element,))


def map_of(key: GoType, value: GoType) -> GoType:
    """``map[K]V``."""
    return GoType(Form.MAP, items=(key, value))


def untyped(name: str) -> GoType:
    """A constant."""
    return GoType(Form.UNTYPED, name)


def function(of: Function) -> GoType:
    """A function's type."""
    return GoType(Form.FUNCTION, of.title, function=of)
