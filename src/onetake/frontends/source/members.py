"""The members of a library's classes, structs and enumerations as Python names them."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Class, Described, Enumeration, Interface, Method, Property, Struct
from onetake.knowledge.api.names import python_field, python_identifier, python_name
from onetake.knowledge.api.types import Type


class Members:
    """Looks members up, with those that are inherited."""

    def __init__(self, libraries: Libraries) -> None:
        self._libraries = libraries
        self._known: dict[object, tuple[dict[str, tuple[Method | Property, Described]], bool]] = {}

    def has(self, owner: Described, name: str) -> bool:
        """Whether an instance may have the attribute."""
        if name.startswith("_") or not isinstance(owner, Class | Struct):
            return True
        if isinstance(owner, Struct):
            fields, complete = self._libraries.fields(owner)
            return not complete or name in map(python_field, fields)
        members, complete = self._members(owner)
        return not complete or name in members

    def static(self, owner: Described, name: str) -> bool:
        """Whether the class itself may have the attribute."""
        if name.startswith("_") or not isinstance(owner, Class | Enumeration):
            return True
        if isinstance(owner, Enumeration):
            return name in map(python_identifier, owner.members) or name in ("name", "value", "mro")
        members, complete = self._members(owner)
        # Python looks members of instances up in the class, too.
        return not complete or name in members or name == "mro"

    def method(self, owner: Described, name: str) -> tuple[Method, Described] | None:
        """The method called ``name``, and who declares it."""
        found = self._members(owner)[0].get(name) if isinstance(owner, Class | Interface) else None
        return (found[0], found[1]) if found and isinstance(found[0], Method) else None

    def property(self, owner: Described, name: str) -> Property | None:
        """The property called ``name``."""
        found = self._members(owner)[0].get(name) if isinstance(owner, Class | Interface) else None
        return found[0] if found and isinstance(found[0], Property) else None

    def user(self, struct: Struct) -> str:
        """Which argument of which class takes a struct: what to do with one that stands alone."""
        module = self._libraries.module(f"{struct.place.library}.{struct.place.module}".rstrip("."))
        for name in module.names if module else ():
            one = module.get(name) if module else None
            for field in one.fields.values() if isinstance(one, Struct) else ():
                if any(kind.name == struct.place.name for kind in _within(field.type)):
                    owner = name.removesuffix("Config").removesuffix("Props")
                    return f"give it to {python_field(field.name)} of {owner}"
        return ""

    def nearest(self, owner: Described, name: str) -> str:
        """The member that may be meant."""
        import difflib

        every = [*self._names(owner)]
        same = next((one for one in every if one.replace("_", "").lower() == name.replace("_", "").lower()), "")
        return same or next(iter(difflib.get_close_matches(name, every, 1, 0.75)), "")

    def _names(self, owner: Described) -> Iterator[str]:
        match owner:
            case Enumeration():
                yield from owner.members
            case Struct():
                yield from map(python_field, self._libraries.fields(owner)[0])
            case Class() | Interface():
                yield from self._members(owner)[0]

    def _members(self, owner: Class | Interface) -> tuple[dict[str, tuple[Method | Property, Described]], bool]:
        found = self._known.get(owner.place)
        if found is None:
            lineage, complete = self._libraries.ancestry(owner)
            members: dict[str, tuple[Method | Property, Described]] = {}
            for one in lineage:
                if isinstance(one, Class | Interface):
                    every: list[Method | Property] = [*one.methods.values(), *one.properties.values()]
                    for member in every:
                        members.setdefault(python_name(member), (member, one))
            found = self._known[owner.place] = members, complete
        return found


def _within(type_: Type) -> Iterator[Type]:
    yield type_
    for inner in type_.items:
        yield from _within(inner)
