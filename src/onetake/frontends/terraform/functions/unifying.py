"""Types, what they convert to, and the one type that several have in common, as Terraform finds it.

A type is plain data: ``"string"``, ``"number"``, ``"bool"``, ``"any"`` (also the type of null), ``("list", T)``,
``("set", T)``, ``("map", T)``, ``("tuple", (T, ...))`` and ``("object", {name: T})``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, cast

Type: TypeAlias = object


def one_of(types: Iterable[Type]) -> Type:
    """The type of elements that are all of one type, of which some may be null."""
    found: Type = "any"
    for item in types:
        if leaves_open(found):
            found = item if item != "any" else found
        elif not isinstance(item, tuple):
            break
    return found


def leaves_open(item: Type) -> bool:
    """Is a type, or a part of it, left open by a null, an empty collection or a value that is not known?"""
    return item == "any" or any(map(leaves_open, elements(item)))


def unify(types: Iterable[Type]) -> Type | None:
    """The one type that values of all ``types`` convert to; ``None`` where there is none."""
    distinct: list[Type] = []
    for item in types:
        if item != "any" and item not in distinct:
            distinct.append(item)
    if not distinct:
        return "any"
    if len(distinct) == 1:
        return distinct[0]
    shapes = {item[0] if isinstance(item, tuple) else item for item in distinct}
    if len(shapes) == 1:
        return _unify_shaped(str(shapes.pop()), [cast("tuple[str, object]", item)[1] for item in distinct])
    if shapes in ({"tuple", "list"}, {"object", "map"}):
        element = _element_of_all(distinct)
        if element is not None:
            return ("list" if "list" in shapes else "map", element)
    if shapes == {"object", "tuple"}:
        return None
    candidates = sorted(distinct, key=_preference)
    return next((wanted for wanted in candidates if all(converts(item, wanted) for item in distinct)), None)


def _preference(item: Type) -> int:
    shape = item[0] if isinstance(item, tuple) else item
    return _PREFERRED.index(str(shape))


_PREFERRED = ("string", "number", "bool", "list", "set", "map", "tuple", "object")


def converts(item: Type, wanted: Type) -> bool:  # noqa: C901 - one case for each pair of kinds
    """May values of a type be converted to another? Whether a text spells a number only its value tells."""
    if "any" in (item, wanted) or item == wanted:
        return True
    match item, wanted:
        case ("tuple", _), ("list" | "set", "any"):
            return unify(elements(item)) is not None
        case ("object", _), ("map", "any"):
            return unify(elements(item)) is not None
        case ("map", inner), ("object", dict() as fields):
            return all(converts(inner, other) for other in fields.values())
        case str(), str():
            return "string" in (item, wanted)
        case ("list" | "set", inner), ("list" | "set", other):
            return converts(inner, other)
        case ("tuple", tuple() as inner), ("list" | "set", other):
            return all(converts(each, other) for each in inner)
        case ("tuple", tuple() as inner), ("tuple", tuple() as others):
            return len(inner) == len(others) and all(map(converts, inner, others))
        case ("map", inner), ("map", other):
            return converts(inner, other)
        case ("object", dict() as fields), ("map", other):
            return all(converts(each, other) for each in fields.values())
        case ("object", dict() as fields), ("object", dict() as others):
            return all(name in fields and converts(fields[name], other) for name, other in others.items())
        case _:
            return False


def elements(item: Type) -> list[Type]:
    """The types of what a value of a type holds."""
    match item:
        case ("tuple", tuple() as inner):
            return list(inner)
        case ("object", dict() as fields):
            return list(fields.values())
        case ("list" | "set" | "map", inner):
            return [inner]
        case _:
            return []


def _unify_shaped(shape: str, inner: list[object]) -> Type | None:
    match shape:
        case "object":
            return _unify_objects(cast("list[dict[str, Type]]", inner))
        case "tuple":
            return _unify_tuples(cast("list[tuple[Type, ...]]", inner))
        case _:
            element = unify(inner)
            return None if element is None else (shape, element)


def _unify_objects(objects: list[dict[str, Type]]) -> Type | None:
    if all(fields.keys() == objects[0].keys() for fields in objects):
        unified = {name: unify([fields[name] for fields in objects]) for name in objects[0]}
        return None if None in unified.values() else ("object", unified)
    element = _any_element([list(fields.values()) for fields in objects])
    return None if element is None else ("map", element)


def _unify_tuples(tuples: list[tuple[Type, ...]]) -> Type | None:
    if all(len(items) == len(tuples[0]) for items in tuples):
        unified = tuple(unify(column) for column in zip(*tuples, strict=True))
        return None if None in unified else ("tuple", unified)
    element = _any_element([list(items) for items in tuples])
    return None if element is None else ("list", element)


def _element_of_all(distinct: list[Type]) -> Type | None:
    """The type of the elements of tuples and lists, or of objects and maps, when all become lists or maps."""
    shaped = [cast("tuple[str, object]", item) for item in distinct]
    first = with_open([inner for item in shaped if item[0] in ("tuple", "object") for inner in elements(item)])
    if first is None:
        return None
    return with_open([first, *(inner for shape, inner in shaped if shape in ("list", "map"))])


def with_open(types: list[Type]) -> Type | None:
    """The type in common, of which some are open: beside those of one shape an open one leaves all open."""
    known = [item for item in types if item != "any"]
    shapes = {item[0] if isinstance(item, tuple) else "" for item in known}
    if len(known) < len(types) and len(shapes) == 1 and "" not in shapes:
        return "any"
    return unify(known)


def _any_element(groups: list[list[Type]]) -> Type | None:
    """The type of all elements; with a null among them each group may keep its own."""
    together = [inner for group in groups for inner in group]
    element = unify(together)
    if element is None and "any" in together and all(unify(group) is not None for group in groups):
        return "any"
    return element


def described(item: Type) -> str:
    """The name of a type in Terraform's messages."""
    match item:
        case "any":
            return "any type"
        case ("list" | "set" | "map" as shape, "any"):
            return f"{shape} of any single type"
        case ("list" | "set" | "map" as shape, inner):
            return f"{shape} of {described(inner)}"
        case (shape, _):
            return str(shape)
        case _:
            return str(item)
