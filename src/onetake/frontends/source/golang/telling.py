"""Faults in the words of Go and of people who write it."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.source.golang import standard
from onetake.frontends.source.golang.assigning import described
from onetake.frontends.source.golang.changes import Change, Needed, behind, instead
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
from onetake.frontends.source.golang.repairing import repair
from onetake.frontends.source.golang.syntax import text
from onetake.frontends.source.golang.types import Form, Function, GoType
from onetake.frontends.source.likeness import same
from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.model import Class, Interface, Struct

if TYPE_CHECKING:
    from tree_sitter import Node

_CONSTRUCT = ("scope", "id", "props")
"""What every construct takes, in all releases."""
_LIKENESS = 0.75


def unknown_name(node: Node, module: Module, name: str, libraries: GoLibraries, imported: Container[str] = ()) -> Fault:
    """A name that a package does not declare, and where it is declared, or which is near; best in one ``imported``."""
    called = "".join(text(node).split())
    fix, changes = _elsewhere(node, module, name, libraries, imported)
    if not fix:
        near = nearest(name, libraries.names(module))
        fix = f"use {package(module)}.{near}" if near else ""
        changes = _renamed(node, name, near)
    message, verbatim = f"there is no {called}", f"undefined: {called}"
    return Fault(UNKNOWN_NAME, node, called, message, verbatim, fix, module.edition, changes=changes)


def _elsewhere(
    node: Node, module: Module, name: str, libraries: GoLibraries, imported: Container[str]
) -> tuple[str, tuple[Change, ...]]:
    """The package that declares the name: with ``A`` behind it here, or another."""
    start = "New" if name.startswith("New") else ""
    plain, _, rest = name[len(start) :].partition("_")
    if f"{plain}A" in module:
        written = f"{start}{plain}A{'_' if rest else ''}{rest}"
        return f"use {package(module)}.{written}", _last(node, written)
    if plain.startswith("Cfn"):
        return "", ()  # another service's resource is never the one that is meant
    others = [one for one in libraries.jsii.elsewhere(plain, module) if libraries.symbol(one, name) is not None]
    found = [_needed(one) for one in others]
    if not found:
        return "", ()
    used = [one for one in found if one.path in imported] or found
    needed, sure = used[0], len({one.path for one in used}) == 1
    told = f'use {needed.name}.{name} (import "{needed.path}")'
    return told, (instead(node, name, needed),) if sure else ()


def _needed(module: Module) -> Needed:
    return Needed(module.edition.go_path(module.path), package(module))


def _last(node: Node, name: str) -> tuple[Change, ...]:
    """Another name behind the dot of a node."""
    last = node.child_by_field_name("field") or node.child_by_field_name("name")
    return (instead(last, name),) if last is not None else ()


def _renamed(node: Node, name: str, near: str) -> tuple[Change, ...]:
    """The near name in the place of one that can only be it, misspelt."""
    return _last(node, near) if near and same(name, near) else ()


def _near(name: str, known: Iterable[str], prefix: str = "") -> str:
    found = nearest(name, known)
    return f"use {prefix}{found}" if found else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of ``known`` that may be meant; empty if none is near."""
    every = list(known)
    bare = name.replace("_", "").lower()
    alike = next((one for one in every if one.replace("_", "").lower() == bare), "")
    return alike or next(iter(difflib.get_close_matches(name, every, 1, _LIKENESS)), "")


def no_helper(node: Node, name: str) -> Fault:
    """A function that jsii's runtime does not have."""
    meant = {"Int": "Number", "Float": "Number", "Float64": "Number", "Boolean": "Bool", "Integer": "Number"}
    near = meant.get(name, "") or nearest(name, standard.helpers())
    fix = f"use jsii.{near}" if near else ""
    changes = _last(node, near) if name in meant else _renamed(node, name, near)
    message, verbatim = f"there is no jsii.{name}", f"undefined: jsii.{name}"
    return Fault(UNKNOWN_NAME, node, f"jsii.{name}", message, verbatim, fix, changes=changes)


def no_own_member(node: Node, owner: str, name: str, known: Sequence[str]) -> Fault:
    """A field or method that the program's own type does not have."""
    changes = _renamed(node, name, nearest(name, known))
    return Fault(UNKNOWN_MEMBER, node, name, f"{owner} has no {name}", "", _near(name, known), changes=changes)


def no_member(node: Node, owner: GoType, name: str, members: Mapping[str, GoType], edition: Edition | None) -> Fault:
    """A method or field that a library's type does not have."""
    written = text(node)
    read = name.removeprefix("Get")
    getter = members.get(read) if read != name else None
    near = read if getter is not None and getter.function and not getter.function.parameters else ""
    changes = _last(node, near) if near else _renamed(node, name, nearest(name, members))
    fix = f"use {near}" if near else _near(name, members)
    message = f"{str(owner).lstrip('*')} has no {name}"
    # Of a name that is there in capitals each version of the compiler says more.
    spelled = any(one.lower() == name.lower() for one in members)
    sure = "\n" not in written and owner.form is not Form.POINTER and not spelled
    verbatim = f"{written} undefined (type {owner} has no field or method {name})" if sure else ""
    return Fault(UNKNOWN_MEMBER, node, name, message, verbatim, fix, edition, changes=changes)


def no_field(key: Node, type_: GoType, name: str, known: Sequence[str], edition: Edition | None) -> Fault:
    """A field that a struct does not have."""
    near = nearest(name, known)
    changes = (instead(key, near),) if near and same(name, near) else ()
    fix = f"use {near}" if near else ""
    return Fault(UNKNOWN_FIELD, key, name, f"{type_} has no field {name}", "", fix, edition, changes=changes)


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


def count(
    call: Node, given: Sequence[Node], wanted: Function, edition: Edition | None, *, absent: bool = False
) -> Fault:
    """More or fewer arguments than a function takes; ``absent`` when ``nil`` surely stands for those that lack."""
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
    changes = _nils(node, given, len(wanted.parameters) - len(given)) if fix and absent else ()
    return Fault(WRONG_ARGUMENT_COUNT, node, wanted.title, message, told, fix, edition, grows=grows, changes=changes)


def _nils(arguments: Node, given: Sequence[Node], many: int) -> tuple[Change, ...]:
    """``nil`` for each argument that is left out, on lines of their own where the last one has its own."""
    if not given:
        at = arguments.start_byte + 1
        return (Change(at, arguments.end_byte - 1, ", ".join(["nil"] * many)),)
    last = given[-1]
    if last.end_point[0] == arguments.end_point[0]:
        return (behind(last, ", nil" * many),)
    if last.start_point[0] == arguments.start_point[0]:
        return ()  # on lines of their own, in a way that gofmt may write otherwise
    lead = (arguments.text or b"")[: last.start_byte - arguments.start_byte].rpartition(b"\n")[2]
    return (behind(last, f",\n{lead.decode()}nil" * many),) if not lead.strip() else ()


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
    mended = repair(node, value, target)
    widens = "interface{}" in f"{value} {target}"
    return Fault(
        WRONG_KIND, node, subject, message, verbatim, mended.told, place.edition, widens=widens, changes=mended.changes
    )


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
