"""Types of jsii as packs spell them: one short text, read when it is asked for.

``s n b a j d`` are the scalars; ``[T`` a list, ``{T`` a map, ``(T|T)`` a choice; ``.Name`` something of the same
module, ``:module/Name`` of another module of the same library, ``@Name`` of cdktf or cdktn, ``!Name`` of constructs,
``=library/Name`` of any other library. Nested names keep their dots.
"""

from __future__ import annotations

from enum import Enum
from functools import cache

from onetake.model.records import record


class Form(Enum):
    """What kind of thing a type describes."""

    SCALAR = "scalar"
    """``name`` is ``string``, ``number``, ``boolean``, ``any``, ``json`` or ``date``."""
    LIST = "list"
    MAP = "map"
    UNION = "union"
    NAMED = "named"
    """A class, struct, interface or enumeration."""


@record
class Type:
    """A type; ``items`` are the elements of a collection (one) or the choices of a union."""

    form: Form
    name: str = ""
    """Of a scalar, or of what is named: ``CfnBucket.CorsRuleProperty``."""
    module: str | None = None
    """Where what is named lives: a module below its library; ``None`` is the module in which the type is written."""
    library: str = ""
    """Of what is named: ``core``, ``constructs``, another library's name; empty for the one it is written in."""
    items: tuple[Type, ...] = ()


SCALARS = {"s": "string", "n": "number", "b": "boolean", "a": "any", "j": "json", "d": "date"}
CORE = "core"
CONSTRUCTS = "constructs"


@cache
def parsed(text: str) -> Type:
    """The type that ``text`` spells."""
    found, end = _read(text, 0)
    if end != len(text):
        raise ValueError(f"{text!r} is no type")
    return found


def _read(text: str, at: int) -> tuple[Type, int]:
    mark = text[at]
    if mark in SCALARS:
        return Type(Form.SCALAR, SCALARS[mark]), at + 1
    if mark in "[{":
        inner, end = _read(text, at + 1)
        return Type(Form.LIST if mark == "[" else Form.MAP, items=(inner,)), end
    if mark == "(":
        choices: list[Type] = []
        while text[at] != ")":
            one, at = _read(text, at + 1)
            choices.append(one)
        return Type(Form.UNION, items=tuple(choices)), at + 1
    end = min((place for place in (text.find("|", at), text.find(")", at)) if place >= 0), default=len(text))
    return _named(mark, text[at + 1 : end]), end


def _named(mark: str, rest: str) -> Type:
    if mark == ".":
        return Type(Form.NAMED, rest)
    if mark in "@!":
        return Type(Form.NAMED, rest, "", CORE if mark == "@" else CONSTRUCTS)
    where, _, name = rest.rpartition("/")
    if mark == ":":
        return Type(Form.NAMED, name, where)
    if mark == "=":
        return Type(Form.NAMED, name, "", where)
    raise ValueError(f"{mark + rest!r} is no type")
