"""What functions take and return: plain data, Terraform's sets and numbers, and the ways to fail."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Protocol

LIMIT = 16 * 1024 * 1024
"""Characters of a text, elements of a list: what is larger is refused."""


class FunctionError(Exception):
    """A call that Terraform refuses.

    Attributes:
        message: the detail that Terraform prints.
        summary: the headline above it.
        parameter: the parameter at fault, where one is.
        exact: are these Terraform's own words? Otherwise only that it refuses is certain.
    """

    def __init__(
        self, message: str, summary: str = "Error in function call", parameter: str = "", *, exact: bool = True
    ) -> None:
        super().__init__(message)
        self.message = message
        self.summary = summary
        self.parameter = parameter
        self.exact = exact


class Undetermined(Exception):
    """A call whose result only the deployment knows, or that cannot be reproduced here; no failure."""


class Failure(Exception):
    """Raised inside functions: what is wrong, without the name of the function.

    Attributes:
        reason: the sentence without its full stop.
        parameter: the parameter at fault, where one is.
        exact: are these Terraform's own words?
    """

    def __init__(self, reason: str, parameter: str = "", *, exact: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameter = parameter
        self.exact = exact


class Files(Protocol):
    """The files that a program may read; whoever implements it keeps them inside the root."""

    def read_bytes(self, path: str) -> bytes:
        """The content of a file; ``FileNotFoundError`` where there is none, ``IsADirectoryError`` for a folder."""
        ...

    def exists(self, path: str) -> bool:
        """Is there a regular file? ``IsADirectoryError`` for a folder."""
        ...

    def glob(self, path: str, pattern: str) -> Iterable[str]:
        """The regular files below folder ``path`` that match ``pattern``, relative to it, with forward slashes."""
        ...


class Template(Protocol):
    """Renders template text with variables: the evaluator's part in ``templatefile`` and ``templatestring``."""

    def __call__(self, source: str, variables: dict[str, object], name: str) -> object:
        """The value of the template; ``name`` is shown in errors."""
        ...


class TerraformList(list[object]):
    """A list, whose elements are all of one type; a plain ``list`` is a tuple."""

    __slots__ = ()


class TerraformMap(dict[str, object]):
    """A map, whose elements are all of one type; a plain ``dict`` is an object."""

    __slots__ = ()


class Later:
    """In place of a value that is not known: only its type is."""

    __slots__ = ("type",)

    def __init__(self, kind: object) -> None:
        self.type = kind


class LongNumber(float):
    """A number with more digits than a ``float`` holds; ``text`` has them all, without exponent."""

    __slots__ = ("text",)

    def __new__(cls, text: str) -> LongNumber:
        """The number that ``text`` spells."""
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str


class TerraformSet:
    """A set: each value once, in Terraform's order (texts and numbers ascending, null last)."""

    __slots__ = ("_keys", "items")

    def __init__(self, items: Iterable[object] = ()) -> None:
        unique: dict[object, object] = {}
        for item in items:
            unique.setdefault(identity(item), item)
        self.items: tuple[object, ...] = tuple(sorted(unique.values(), key=rank))
        self._keys = frozenset(unique)

    def __iter__(self) -> Iterator[object]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item: object) -> bool:
        return identity(item) in self._keys

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TerraformSet) and self._keys == other._keys

    def __hash__(self) -> int:
        return hash(self._keys)

    def __repr__(self) -> str:
        return f"TerraformSet({list(self.items)!r})"


def identity(value: object) -> object:
    """A hashable key that two values share exactly if Terraform calls them equal."""
    match value:
        case bool():
            return ("bool", value)
        case LongNumber():
            return ("number", value.text)
        case list() | tuple():
            return (type(value) is TerraformList, *map(identity, value))
        case dict():
            fields = frozenset((key, identity(inner)) for key, inner in value.items())
            return ("map" if type(value) is TerraformMap else "object", fields)
        case TerraformSet():
            return ("set", value)
        case _:
            return value


def same(one: object, other: object) -> bool:
    """Does Terraform call two values equal?"""
    return identity(one) == identity(other)


def rank(value: object) -> tuple[int, float | int | str]:
    """Where a value stands among others of its type in a set."""
    match value:
        case None:
            return (3, 0)
        case str():
            return (1, value)
        case int() | float():
            return (0, value)
        case _:
            return (2, digest(value))


def digest(value: object) -> str:
    """The text by which sets order what has no order of its own: lists, maps and objects."""
    match value:
        case None:
            return "~"
        case Later():
            return "?"
        case bool():
            return "T" if value else "F"
        case int() | float():
            return format(float(value), ".10g") if abs(value) < 1e300 else str(value)
        case str():
            return in_quotes(value)
        case dict():
            return "<" + "".join(digest(value[key]) + ";" for key in sorted(value)) + ">"
        case list() | tuple():
            return "<" + "".join(digest(item) + ";" for item in value) + ">"
        case TerraformSet():
            return "[" + "".join(digest(item) + ";" for item in value) + "]"
        case _:
            return str(value)


def number(value: float) -> int | float:
    """``value`` as Terraform's number: whole numbers are ``int``."""
    if type(value) is LongNumber:
        return value
    if not isinstance(value, float) or not value.is_integer():
        return value
    if abs(value) < 2**53:
        return int(value)
    from decimal import Decimal

    # The digits that were meant, not those of the nearest binary fraction.
    return int(Decimal(repr(value)))


def number_text(value: float) -> str:
    """A number as Terraform writes it in text: never with an exponent."""
    if isinstance(value, int):
        return str(value)
    if type(value) is LongNumber:
        return value.text
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    text = repr(value)
    if "e" not in text:
        return text.removesuffix(".0")
    from decimal import Decimal

    return format(Decimal(text), "f")


def whole(value: float, parameter: str = "", before: str = "") -> int:
    """A number that has to be whole, and to fit into 64 bits."""
    if isinstance(value, float) or not -(2**63) <= value < 2**63:
        raise Failure(
            f"{before}value must be a whole number, between -9223372036854775808 and 9223372036854775807", parameter
        )
    return value


def big(value: float) -> int:
    """A number that has to be whole, of any size."""
    if isinstance(value, float):
        raise Failure("value must be a whole number")
    return value


def composed(text: str) -> str:
    """A text as Terraform keeps it: accents are part of their letters (normal form C)."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def bounded(size: int) -> int:
    """``size``, if a text or list of that many characters or elements is within the limit."""
    if size > LIMIT:
        raise Failure(f"the result would have {size} elements or characters, more than {LIMIT}", exact=False)
    return size


def kind(value: object) -> str:
    """Terraform's name of the type of a value."""
    match value:
        case None:
            return "dynamic"
        case bool():
            return "bool"
        case int() | float():
            return "number"
        case str():
            return "string"
        case TerraformMap():
            return f"map of {_kind_inside(value.values())}"
        case dict():
            return "object"
        case TerraformSet():
            return f"set of {_kind_inside(value)}"
        case TerraformList():
            return f"list of {_kind_inside(value)}"
        case _:
            return "tuple"


def _kind_inside(items: Iterable[object]) -> str:
    return next((kind(item) for item in items if item is not None), "dynamic")


def in_quotes(text: str) -> str:
    """A text as Go quotes it in messages."""
    return f'"{"".join(map(_in_quotes, text))}"'


def _in_quotes(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign.isprintable():
        return sign
    short = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r"}.get(ord(sign))
    if short:
        return "\\" + short
    code = ord(sign)
    return f"\\x{code:02x}" if code < 128 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
