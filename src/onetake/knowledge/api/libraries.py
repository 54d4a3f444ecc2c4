"""The editions that one program uses, together: what is inherited across libraries, and which names are near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.model import Class, Described, Field, Interface, Method, Parameter, Property, Struct
from onetake.knowledge.api.types import CONSTRUCTS, CORE, Form, Type

_CORES = {"cdktf", "cdktn"}
_SUGGESTIONS = 3
_LIKENESS = 0.8


class Libraries:
    """One edition of each library."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self.editions = {edition.root: edition for edition in editions}

    def module(self, python: str) -> Module | None:
        """The module that Python imports as ``python`` (``aws_cdk.aws_s3``)."""
        root, _, path = python.partition(".")
        edition = self.editions.get(root)
        return edition.module(path) if edition else None

    def go_module(self, path: str) -> Module | None:
        """The module that Go imports by ``path``."""
        found = (edition.go_module(path) for edition in self.editions.values() if path.startswith(edition.go))
        return next((module for module in found if module), None)

    def get(self, type_: Type, home: Described) -> Described | None:
        """What a named type written in ``home`` stands for; ``None`` when its library is not among these."""
        if type_.form is not Form.NAMED:
            return None
        root = self._root(type_.library, home.place.library)
        edition = self.editions.get(root)
        path = home.place.module if type_.module is None else type_.module
        module = edition.module(path) if edition else None
        # Of other libraries only the whole name is known, modules and all; those here have no submodules with types.
        return module.get(type_.name) if module else None

    def _root(self, library: str, home: str) -> str:
        if library == CORE:
            return "cdktf" if home.startswith("cdktf") else "cdktn"
        return "constructs" if library == CONSTRUCTS else library or home

    def ancestry(self, one: Described) -> tuple[tuple[Described, ...], bool]:
        """``one`` and what it inherits from, nearest first, and whether all of that is known."""
        found: list[Described] = []
        waiting, complete = [one], True
        while waiting:
            this = waiting.pop(0)
            if any(this.place == other.place for other in found):
                continue
            found.append(this)
            for type_ in _bases(this):
                base = self.get(type_, this)
                complete = complete and base is not None
                waiting += [base] if base else []
        return tuple(found), complete

    def fields(self, struct: Struct) -> tuple[dict[str, Field], bool]:
        """All fields of a struct with those of its bases, and whether all bases are known."""
        found: dict[str, Field] = {}
        lineage, complete = self.ancestry(struct)
        for one in lineage:
            if isinstance(one, Struct):
                found = dict(one.fields) | found
        return found, complete

    def members(self, one: Class | Interface) -> tuple[dict[str, Method | Property], bool]:
        """All members with those that are inherited, and whether everything that it inherits from is known."""
        found: dict[str, Method | Property] = {}
        lineage, complete = self.ancestry(one)
        for other in lineage:
            if isinstance(other, (Class, Interface)):
                found = dict[str, Method | Property](other.methods) | dict(other.properties) | found
        return found, complete

    def constructor(self, one: Class) -> tuple[Parameter, ...] | None:
        """The parameters of the constructor, its own or the inherited one; ``None`` when there is none to be known."""
        this: Described | None = one
        while isinstance(this, Class):
            if this.parameters is not None:
                return this.parameters
            this = self.get(this.base, this) if this.base else None
        return None

    def nearest(self, name: str, module: Module) -> tuple[tuple[Module, str], ...]:
        """Real names that ``name`` may mean, the likeliest first: with ``A`` here, as it is elsewhere, alike here."""
        found: list[tuple[Module, str]] = [(module, f"{name}A")] if f"{name}A" in module else []
        found += ((other, name) for other in self.elsewhere(name, module))
        if not found:
            import difflib

            plain = [one for one in module.names if "." not in one]
            found = [(module, one) for one in difflib.get_close_matches(name, plain, _SUGGESTIONS, _LIKENESS)]
        return tuple(found[:_SUGGESTIONS])

    def elsewhere(self, name: str, module: Module) -> Iterator[Module]:
        """Other modules that declare ``name``: of the same library first."""
        first = module.edition
        for edition in (first, *(one for one in self.editions.values() if one is not first)):
            for path in edition.modules_with(name):
                found = edition.module(path)
                if found and found is not module:
                    yield found


def _bases(one: Described) -> tuple[Type, ...]:
    match one:
        case Class():
            return (*((one.base,) if one.base else ()), *one.interfaces)
        case Struct() | Interface():
            return one.bases
        case _:
            return ()
