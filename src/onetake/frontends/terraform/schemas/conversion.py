"""Whether a value can become the type of an argument, by Terraform's rules of conversion and in its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from onetake.knowledge.terraform.types import Type
from onetake.model.records import record
from onetake.model.values import Absent, Reference, Unknown, Value

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eEpP][+-]?\d+)?")
_BOOLS = frozenset({"true", "false", "1", "0"})

TypeOf = Callable[[Reference], Type | None]
"""The type of an attribute of another resource, where it is known."""


@record
class Mismatch:
    """Why a value does not fit: Terraform's words, without the full stop."""

    reason: str
    of_value: bool = False
    """Whether the type would do and the text in it does not; Terraform then leaves out where in the value it stands."""

    planned: bool = False
    """Whether Terraform sees it while it plans: before, attributes of other resources have no type."""

    def inside(self, words: str) -> Mismatch:
        """The same, seen from the collection around."""
        return self if self.of_value else Mismatch(f"{words}: {self.reason}", planned=self.planned)


def mismatch(value: Value[object], wanted: Type, type_of: TypeOf) -> Mismatch | None:
    """Why ``value`` surely cannot become ``wanted``; ``None`` when it can, or nobody knows."""
    if wanted.kind == "dynamic" or isinstance(value, Absent):
        return None
    origin = value.origin
    if origin is not None and (isinstance(value, Unknown) or isinstance(value.value, (Mapping, tuple))):
        # What a program sets of a block is less than what the resource has of it afterwards.
        given = type_of(origin)
        found = None if given is None else of_types(given, wanted)
        return None if found is None else Mismatch(found.reason, planned=True)
    if isinstance(value, Unknown):
        return _of_text(value, wanted)
    inner = value.value
    if isinstance(inner, Mapping):
        return _of_object(inner, wanted, type_of)
    if isinstance(inner, tuple):
        return _of_items(inner, wanted, type_of)
    return mismatch_of_scalar(inner, wanted)


def _of_text(value: Unknown, wanted: Type) -> Mismatch | None:
    """A text with gaps is a text, whatever stands in them."""
    if len(value.parts) > 1 and wanted.kind not in ("string", "number", "bool"):
        return Mismatch(f"{friendly(wanted)} required")
    return None


def mismatch_of_scalar(found: object, wanted: Type) -> Mismatch | None:
    """The same for a text, number, flag or ``None``."""
    kind = wanted.kind
    if found is None or kind in ("string", "dynamic"):
        return None
    match kind, found:
        case "number", str():
            return None if _NUMBER.fullmatch(found) else Mismatch("a number is required", of_value=True)
        case "bool", str():
            return None if found in _BOOLS else Mismatch(_no_bool(found), of_value=True)
        case ("number", bool()) | ("bool", int() | float()) if isinstance(found, bool) is (wanted.kind == "number"):
            return Mismatch(f"{wanted.kind} required")
        case "number" | "bool", _:
            return None
        case _:
            return Mismatch(f"{friendly(wanted)} required")


def _no_bool(text: str) -> str:
    lower = text.lower()
    if lower in ("true", "false") and text != lower:
        return f'a bool is required; to convert from string, use lowercase "{lower}"'
    return "a bool is required"


def _of_items(items: Sequence[Value[object]], wanted: Type, type_of: TypeOf) -> Mismatch | None:
    if wanted.kind not in ("list", "set") or wanted.element is None:
        return None if wanted.kind == "tuple" else Mismatch(f"{friendly(wanted)} required")
    element = wanted.element
    return _worst(
        found.inside(f"element {place}")
        for place, item in enumerate(items)
        if (found := mismatch(item, element, type_of)) is not None
    )


def _of_object(fields: Mapping[str, Value[object]], wanted: Type, type_of: TypeOf) -> Mismatch | None:
    if wanted.kind == "map" and wanted.element is not None:
        element = wanted.element
        return _worst(
            found.inside(f'element "{name}"')
            for name in sorted(fields)
            if (found := mismatch(fields[name], element, type_of)) is not None
        )
    if wanted.kind != "object":
        return Mismatch(f"{friendly(wanted)} required")
    lacking = sorted(wanted.fields.keys() - fields.keys() - wanted.optional)
    if lacking:
        return Mismatch(_required(lacking))
    return _worst(
        found.inside(f'attribute "{name}"')
        for name, inner in sorted(wanted.fields.items())
        if name in fields and (found := mismatch(fields[name], inner, type_of)) is not None
    )


def _worst(found: Iterable[Mismatch]) -> Mismatch | None:
    """The first that is wrong by its type alone, which Terraform sees before any value; else the first."""
    first: Mismatch | None = None
    for one in found:
        if not one.of_value:
            return one
        first = first or one
    return first


def _required(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    if len(quoted) == 1:
        return f"attribute {quoted[0]} is required"
    if len(quoted) == 2:
        return f"attributes {quoted[0]} and {quoted[1]} are required"
    return f"attributes {', '.join(quoted[:-1])}, and {quoted[-1]} are required"


def of_types(given: Type, wanted: Type) -> Mismatch | None:
    """Why no value of one type can become the other."""
    if given.kind == wanted.kind and given.element is None:
        return None  # the commonest; what decides in objects and tuples are the names inside
    match given.kind, wanted.kind:
        case ("dynamic", _) | (_, "dynamic"):
            return None
        case ("string", "number" | "bool") | ("number" | "bool", "string"):
            return None
        case "list" | "set", "list" | "set":
            return of_elements(given, wanted)
        case "map", "map":
            return of_elements(given, wanted)
        case ("object" | "map", "object" | "map") | ("tuple", _):
            return None  # what decides are the names inside
        case _:
            return Mismatch(f"{friendly(wanted)} required")


def of_elements(given: Type, wanted: Type) -> Mismatch | None:
    """The same for two collections."""
    if given.element is None or wanted.element is None:
        return None
    inner = of_types(given.element, wanted.element)
    return None if inner is None else Mismatch(f"incorrect {wanted.kind} element type: {inner.reason}")


def friendly(type_: Type) -> str:
    """The type as Terraform's messages call it: ``list of string``, ``set of object``."""
    return f"{type_.kind} of {friendly(type_.element)}" if type_.element is not None else type_.kind
