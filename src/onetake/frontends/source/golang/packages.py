"""A program's own package: what its files declare, and what their imports stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from onetake.frontends.files import Options, Unreadable, read_bytes
from onetake.frontends.source.golang import standard
from onetake.frontends.source.golang.libraries import GoLibraries, package
from onetake.frontends.source.golang.modules import GoModule, through
from onetake.frontends.source.golang.syntax import GoFile, Import, parsed, text
from onetake.knowledge.api.editions import Module
from onetake.knowledge.api.names import go_root_package
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node

_CLAUSE = re.compile(rb"^package[ \t]+(\w+)", re.MULTILINE)
_DECLARED = {"function_declaration", "type_spec", "type_alias", "var_spec", "const_spec"}


@record
class Imported:
    """What a name stands for that an import brings into a file."""

    path: str
    node: Node
    sure: bool
    """Whether the package is surely called so."""
    module: Module | None = None
    """Of a construct library."""


@record
class Declaration:
    """Something that the package declares."""

    node: Node
    file: GoFile


class Package:
    """The files of one folder that make one package."""

    def __init__(self, files: Mapping[str, GoFile]) -> None:
        """``files`` by their names."""
        self.files = files
        self.declared: dict[str, Declaration] = {}
        self.methods: dict[str, dict[str, Declaration]] = {}
        self.whole = all(file.whole for file in files.values())
        for file in files.values():
            for node in _declarations(file.root):
                self._declare(node, file)

    def _declare(self, node: Node, file: GoFile) -> None:
        if node.type == "method_declaration":
            owner, name = _receiver(node), node.child_by_field_name("name")
            if owner and name is not None:
                self.methods.setdefault(owner, {})[text(name)] = Declaration(node, file)
            return
        for name in node.children_by_field_name("name"):
            self.declared.setdefault(text(name), Declaration(node, file))


def _declarations(root: Node) -> Iterator[Node]:
    for node in root.named_children:
        if node.type in ("function_declaration", "method_declaration"):
            yield node
        elif node.type in ("type_declaration", "var_declaration", "const_declaration"):
            yield from specifications(node)


def specifications(node: Node) -> Iterator[Node]:
    """The parts of a declaration: one, or all of a block."""
    for child in node.named_children:
        if child.type in _DECLARED:
            yield child
        elif child.type == "var_spec_list":
            yield from specifications(child)


def _receiver(method: Node) -> str:
    receiver = method.child_by_field_name("receiver")
    for node in receiver.named_children if receiver is not None else ():
        type_ = node.child_by_field_name("type")
        while type_ is not None and type_.type in ("pointer_type", "parenthesized_type", "generic_type"):
            type_ = type_.named_children[0]
        if type_ is not None and type_.type == "type_identifier":
            return text(type_)
    return ""


def package_of(path: Path, file: GoFile, options: Options) -> Package:
    """The package of the file at ``path``: the files of its folder with the same clause that are built with it."""
    files = {path.name: file}
    is_test = path.name.endswith("_test.go")
    for other in sorted(path.parent.glob("*.go")):
        if other.name == path.name or (other.name.endswith("_test.go") and not is_test):
            continue
        try:
            found = parsed(read_bytes(other, options))
        except Unreadable:
            continue
        if found.package == file.package:
            files[other.name] = found
    return Package(files)


class Imports:
    """The imports of one file by the names that they bring."""

    def __init__(self, file: GoFile, libraries: GoLibraries, module: GoModule | None, options: Options) -> None:
        self.names: dict[str, Imported] = {}
        self.hidden = False
        """Whether names may come from an import without being told (``.``), or from C."""
        self._file = file
        self._module = module
        self._libraries = libraries
        self._options = options
        for one in file.imports:
            self._read(one)

    def _read(self, one: Import) -> None:
        if one.alias == "_":
            return
        if one.alias == "." or one.path == "C":
            self.hidden = True
            return
        # One of another major version than is required is judged as what is required: it has to be written so.
        module = self._libraries.module(one.path) or self._libraries.module(through(one.path, self._module))
        name, sure = (one.alias, True) if one.alias else self._name(one.path, module)
        self.names[name] = Imported(one.path, one.node, sure, module)

    def meant(self, name: str) -> Imported | None:
        """The package that a name can only stand for which nothing imports; ``None`` where it may be anything."""
        if self.hidden or name in self.names or not all(one.sure for one in self.names.values()):
            return None
        path = self._libraries.path(name)
        if not path:
            return None
        return Imported(path, self._file.root, sure=True, module=self._libraries.module(path))

    def _name(self, path: str, module: Module | None) -> tuple[str, bool]:
        if module is not None:
            return package(module), True
        if path == standard.JSII:
            return "jsii", True
        if path in standard.PACKAGES:
            return go_root_package(path), True
        folder = self._module.own(path) if self._module else None
        if folder is not None:
            clause = _clause(folder, self._options)
            return (clause, True) if clause else (go_root_package(path), False)
        return go_root_package(path), False


def _clause(folder: Path, options: Options) -> str:
    """What the files in a folder say their package is called; empty when they do not agree."""
    found: set[str] = set()
    for path in sorted(folder.glob("*.go")) if folder.is_dir() else ():
        try:
            clause = _CLAUSE.search(read_bytes(path, options))
        except Unreadable:
            return ""
        if clause and not path.name.endswith("_test.go"):
            found.add(clause[1].decode())
    return found.pop() if len(found) == 1 else ""
