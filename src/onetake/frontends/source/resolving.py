"""From a path in a Python program to what a library declares there, in one edition of each library."""

from __future__ import annotations

from functools import cache

from onetake.frontends.source.members import Members
from onetake.frontends.source.scopes import Named
from onetake.frontends.source.signatures import Signature, of_class, of_struct
from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Class, Described, Place, Struct
from onetake.model.records import record


@record
class Found:
    """A type, and the names behind it: a member of it, most often none."""

    type: Described
    module: Module
    rest: tuple[str, ...]


@cache
def resolver(edition: Edition, others: tuple[Edition, ...]) -> Resolver:
    """The resolver of an edition among others; what it has looked up is kept for the next file."""
    return Resolver(edition, others)


class Resolver:
    """Looks paths up in one edition of the library that is judged, and one of each that it builds on."""

    def __init__(self, edition: Edition, others: tuple[Edition, ...]) -> None:
        self.edition = edition
        self.libraries = Libraries([edition, *(one for one in others if one.root != edition.root)])
        self.members = Members(self.libraries)
        self._signatures: dict[Place, Signature | None] = {}

    def signature(self, type_: Described) -> Signature | None:
        """What a call of a class or struct takes; ``None`` for what is not called, or not known."""
        if type_.place not in self._signatures:
            self._signatures[type_.place] = self._signature(type_)
        return self._signatures[type_.place]

    def _signature(self, type_: Described) -> Signature | None:
        match type_:
            case Struct():
                return of_struct(type_, self.libraries)
            case Class():
                return of_class(type_, self.libraries)
            case _:
                return None

    def find(self, named: Named) -> Found | None:
        """The type on the path; ``None`` when there is none, or another library's."""
        root, *below = (*named.module.split("."), *named.names)
        edition = self.libraries.editions.get(root)
        if edition is None:
            return None
        module = edition.module("")
        while below and module is not None:
            if below[0] in module:
                return _inside(module, tuple(below))
            module = edition.module(f"{module.path}.{below.pop(0)}".lstrip("."))
        return None


def _inside(module: Module, names: tuple[str, ...]) -> Found | None:
    """The innermost type: ``CfnBucket.CorsRuleProperty`` rather than ``CfnBucket``."""
    for end in range(len(names), 0, -1):
        found = module.get(".".join(names[:end]))
        if found is not None:
            return Found(found, module, names[end:])
    return None
