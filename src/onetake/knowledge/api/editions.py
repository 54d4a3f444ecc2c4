"""Editions of libraries: one version of one distribution, with its modules and their names.

Nothing is decoded that is not asked for: a pack is opened by its first reader, a module when a program mentions it,
a class when something of it is looked at, the table of all names when one of them is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from onetake.knowledge import shelf
from onetake.knowledge.api.decoding import Raw, decoded
from onetake.knowledge.api.model import Described, Place
from onetake.knowledge.api.names import go_package, go_root_package
from onetake.knowledge.pack import Pack

PACKS = {
    "constructs": "api-constructs",
    "cdktf": "api-terraform-core",
    "cdktn": "api-terraform-core",
    "cdktf_cdktf_provider_aws": "api-terraform-aws",
    "cdktn_provider_aws": "api-terraform-aws",
    "aws_cdk": "api-aws-cdk",
}
"""The pack of each library, by the library's root module in Python."""
BINDINGS = tuple(root for root, pack in PACKS.items() if pack == "api-terraform-aws")
"""Roots of the libraries whose classes are Terraform's types of AWS."""


class Module:
    """What one module of one edition declares."""

    def __init__(self, edition: Edition, path: str, types: Mapping[str, Raw]) -> None:
        self.edition = edition
        self.path = path
        """Below the library's root; empty for the root itself."""
        self._types = types
        self._read: dict[str, Described] = {}

    @property
    def python(self) -> str:
        """How Python imports it."""
        return self.edition.python(self.path)

    def __contains__(self, name: str) -> bool:
        return name in self._types

    @property
    def names(self) -> tuple[str, ...]:
        """What it declares, sorted; nested names have dots."""
        return tuple(self._types)

    def get(self, name: str) -> Described | None:
        """What is called ``name`` here."""
        found = self._read.get(name)
        if found is None and name in self._types:
            place = Place(self.edition.root, self.path, name)
            found = self._read[name] = decoded(place, self._types[name], self._types)
        return found


class Edition:
    """One version of one distribution."""

    def __init__(self, pack: Pack, place: int) -> None:
        about = pack.meta["editions"][place]
        self._pack = pack
        self._bit = 1 << place
        self.distribution: str = about["distribution"]
        self.version: str = about["version"]
        self.root: str = about["module"]
        """The root module in Python."""
        self.go: str = about["go"]
        """The path of the root package in Go, with the major version."""
        self._read: dict[str, Module] = {}

    def __repr__(self) -> str:
        return f"{self.distribution} {self.version}"

    def python(self, path: str) -> str:
        """How Python imports the module at ``path`` below the root."""
        return f"{self.root}.{path}" if path else self.root

    @cached_property
    def _packages(self) -> dict[str, str]:
        """Every module of this edition, with the name of its package in Go."""
        told: dict[str, list[str | int]] = self._pack.load("modules")
        return {
            path: str(package) or go_package(path.rpartition(".")[2])
            for path, (package, *masks) in told.items()
            if not masks or int(masks[0]) & self._bit
        }

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The paths of all modules below the root, sorted; the root itself is the empty one."""
        return tuple(self._packages)

    def __contains__(self, path: str) -> bool:
        """Whether there is a module at ``path``."""
        return path in self._packages

    def module(self, path: str) -> Module | None:
        """The module at ``path`` below the root (``aws_s3``)."""
        found = self._read.get(path)
        told = self._pack.load(f"/{path}") if found is None else None
        if told is not None and told.get("", self._bit) & self._bit:
            found = self._read[path] = Module(self, path, _chosen(told, self._bit))
        return found

    @cached_property
    def _go_packages(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for path in self._packages:
            parts = path.split(".") if path else []
            steps = (self._packages[".".join(parts[: at + 1])] for at in range(len(parts)))
            found["/".join((self.go, *steps))] = path
        return found

    def go_module(self, path: str) -> Module | None:
        """The module that Go imports by ``path``, major version and all."""
        found = self._go_packages.get(path)
        return None if found is None else self.module(found)

    def go_package(self, module: str) -> str:
        """How Go calls the package of the module at ``module`` below the root."""
        return self._packages[module] if module else go_root_package(self.go)

    def go_path(self, module: str) -> str:
        """How Go imports the module at ``module`` below the root."""
        return next(path for path, found in self._go_packages.items() if found == module)

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path, names in self._pack.load("names").items():
            if path in self._packages:
                for name in names.split():
                    found.setdefault(name, []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    def modules_with(self, name: str) -> tuple[str, ...]:
        """The modules that declare ``name`` themselves, sorted; without classes that only wrap a struct."""
        found = self._names.get(name, ())
        return tuple(path for path in found if name in (self.module(path) or ()))


def _chosen(told: Mapping[str, Any], bit: int) -> dict[str, Raw]:
    """The types that one edition has: a description for all, or several by the editions that they hold for."""
    found: dict[str, Raw] = {}
    for name, one in told.items():
        if isinstance(one, list):
            found[name] = one
        elif name:  # under the empty one stand the editions that have the module
            raw = next((raw for mask, raw in one.items() if int(mask) & bit), None)
            if raw is not None:
                found[name] = raw
    return found


@cache
def editions(root: str) -> tuple[Edition, ...]:
    """All editions of the library whose root module in Python is ``root``, oldest first; none when it is unknown."""
    pack = shelf.pack(PACKS[root]) if root in PACKS else None
    if pack is None:
        return ()
    every = (Edition(pack, place) for place in range(len(pack.meta["editions"])))
    return tuple(edition for edition in every if edition.root == root)
