"""Faults in the words of Go and of people who write it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.source.golang import standard
from onetake.frontends.source.golang.assigning import described, repair
from onetake.frontends.source.golang.faults import (
    MISSING_FIELD,
    UNKNOWN_FIELD,
    UNKNOWN_MEMBER,
    UNKNOWN_NAME,
    WRONG_ARGUMENT_COUNT,
    WRONG_KIND,
    Fault,
)
from onetake.frontends.source.golang.libraries import GoLibraries, package
from onetake.frontends.source.golang.places import Place
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.golang.types import Form, Function, GoType
from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.model import Class, Interface, Struct

if TYPE_CHECKING:
    from tree_sitter import Node

_CONSTRUCT = ("scope", "id", "props")
"""What every construct takes, in all releases."""
_LONG = 48
_LIKENESS = 0.75


def unknown_name(node: Node, module: Module, name: str, libraries: GoLibraries) -> Fault:
    """A name that a package does not declare, and where it is declared, or which is near."""
    called = "".join(text(node).split())
    fix = _elsewhere(module, name, libraries) or _near(name, libraries.names(module), f"{package(module)}.")
    return Fault(UNKNOWN_NAME, node, called, f"there is no {called}", f"undefined: {called}", fix, module.edition)


def _elsewhere(module: Module, name: str, libraries: GoLibraries) -> str:
    """The package that declares the name: with ``A`` behind it here, or another."""
    start = "New" if name.startswith("New") else ""
    plain, _, rest = name[len(start) :].partition("_")
    if f"{plain}A" in module:
        written = f"{package(module)}.{start}{plain}A{'_' if rest else ''}{rest}"
        return f"use {written}"
    if plain.startswith("Cfn"):
        return ""  # another service's resource is never the one that is meant
    for other, _ in libraries.jsii.nearest(plain, module):
        if other is not module and libraries.symbol(other, name) is not None:
            path = other.edition.go_path(other.path)
            return f'use {package(other)}.{name} (import "{path}")'
    return ""


def _near(name: str, known: Iterable[str], prefix: str = "") -> str:
    found = nearest(name, known)
    return f"use {prefix}{found}" if found else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of ``known`` that may be meant; empty if none is near."""
    every = list(known)
    bare = name.replace("_", "").lower()
    same = next((one for one in every if one.replace("_", "").lower() == bare), "")
    return same or next(iter(difflib.get_close_matches(name, every, 1, _LIKENESS)), "")


def no_helper(node: Node, name: str) -> Fault:
    """A function that jsii's runtime does not have."""
    meant = {"Int": "Number", "Float": "Number", "Float64": "Number", "Boolean": "Bool", "Integer": "Number"}
    near = meant.get(name, "") or nearest(name, standard.helpers())
    fix = f"use jsii.{near}" if near else ""
    return Fault(UNKNOWN_NAME, node, f"jsii.{name}", f"there is no jsii.{name}", f"undefined: jsii.{name}", fix)


def no_own_member(node: Node, owner: str, name: str, known: Sequence[str]) -> Fault:
    """A field or method that the program's own type does not have."""
    return Fault(UNKNOWN_MEMBER, node, name, f"{owner} has no {name}", "", _near(name, known))


def no_member(node: Node, owner: GoType, name: str, members: Iterable[str], edition: Edition | None) -> Fault:
    """A method or field that a library's type does not have."""
    written = text(node)
    sure = "\n" not in written and owner.form is not Form.POINTER
    verbatim = f"{written} undefined (type {owner} has no field or method {name})" if sure else ""
    return Fault(
        UNKNOWN_MEMBER, node, name, f"{str(owner).lstrip('*')} has no {name}", verbatim, _near(name, members), edition
    )


def no_field(key: Node, type_: GoType, name: str, known: Sequence[str], edition: Edition | None) -> Fault:
    """A field that a struct does not have."""
    return Fault(UNKNOWN_FIELD, key, name, f"{type_} has no field {name}", "", _near(name, known), edition)


def lacking(body: Node, type_: GoType, names: Sequence[str], edition: Edition | None) -> Fault:
    """Fields that a struct cannot do without, which Go's compiler does not ask for."""
    listed = ", ".join(names)
    return Fault(
        MISSING_FIELD,
        body.parent or body,
        str(type_),
        f"{type_} needs {listed}",
        "",
        f"set {listed}",
        edition,
        grows=True,
    )


def count(call: Node, given: Sequence[Node], wanted: Function, edition: Edition | None) -> Fault:
    """More or fewer arguments than a function takes."""
    few = len(given) < len(wanted.parameters)
    verbatim = f"{'not enough' if few else 'too many'} arguments in call to {wanted.title}"
    takes = ", ".join(map(str, wanted.parameters))
    message = f"{wanted.title} takes {len(wanted.parameters)} arguments ({takes}), and is given {len(given)}"
    fix = ""
    if few and all(_optional(one) for one in wanted.parameters[len(given) :]):
        fix = "Go has no optional arguments: give nil for what is left out"
    node = call.child_by_field_name("arguments") or call
    known = "\n" not in wanted.title
    constructs = len(wanted.parameters) == len(_CONSTRUCT) and wanted.title.rpartition(".")[2].startswith("New")
    grows = bool(fix) and not constructs
    told = verbatim if known else ""
    return Fault(WRONG_ARGUMENT_COUNT, node, wanted.title, message, told, fix, edition, grows=grows)


def _optional(type_: GoType) -> bool:
    return type_.form in (Form.POINTER, Form.ANY) or isinstance(type_.described, Class | Interface)


def mismatch(node: Node, types: tuple[GoType, GoType], place: Place, missing: str) -> Fault:
    """A value in a place of another type."""
    value, target = types
    written = text(node)
    told = described(written, value)
    # The compiler shortens what is long, each version in its own way.
    verbatim = (
        f"cannot use {told} as {target} value in {place.title}" if told and target.form is not Form.LIBRARY else ""
    )
    shown = "nil" if value.form is Form.UNTYPED and value.name == "nil" else _kind(value)
    subject = place.shown
    because = f": it has no {missing}" if missing else ""
    message = f"{subject} takes {_wanted(target)}, not {shown}{because}"
    fix = repair(_short(written), value, target)
    widens = "interface{}" in f"{value} {target}"
    return Fault(WRONG_KIND, node, subject, message, verbatim, fix, place.edition, widens=widens)


def _kind(value: GoType) -> str:
    if value.form is Form.UNTYPED:
        return {"string": "a text", "bool": "true or false"}.get(value.name, "a number")
    if value.form is Form.FUNCTION:
        return "a function"
    return str(value)


def _wanted(target: GoType) -> str:
    return f"a member of {target}" if target.described is not None and _is_enumeration(target) else str(target)


def _is_enumeration(target: GoType) -> bool:
    return not isinstance(target.described, Class | Interface | Struct)


def _short(written: str) -> str:
    """Something written, when it is short enough to be repeated."""
    line = " ".join(written.split())
    return line if len(line) <= _LONG else "..."
