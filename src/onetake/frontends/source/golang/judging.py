"""A Go file against the libraries, its own package and its module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from onetake.frontends.files import Options, shown
from onetake.frontends.source.golang import importing
from onetake.frontends.source.golang.changes import behind
from onetake.frontends.source.golang.expressions import Expressions
from onetake.frontends.source.golang.faults import (
    AT_SYNTH,
    IN_TERRAFORM,
    INVALID_TEMPLATE,
    LOSSES,
    MISSING_FIELD,
    MISSING_IMPORT,
    MISSING_PACKAGE,
    MISSING_REQUIREMENT,
    SYNTAX_ERROR,
    UNDEFINED_NAME,
    UNKNOWN_NAME,
    UNKNOWN_PACKAGE,
    UNUSED_IMPORT,
    UNUSED_VARIABLE,
    WRONG_ARGUMENT_COUNT,
    Fault,
)
from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.mending import Source, edits
from onetake.frontends.source.golang.modules import GoModule, module_of
from onetake.frontends.source.golang.packages import Imports, package_of
from onetake.frontends.source.golang.statements import Statements
from onetake.frontends.source.golang.syntax import GoFile, parsed, text, within
from onetake.frontends.source.golang.typing import Typing
from onetake.frontends.source.golang.unused import without
from onetake.knowledge.api.editions import PACKS, Edition, editions
from onetake.knowledge.versions import version
from onetake.model.findings import Confidence, Finding, Severity, Stage
from onetake.model.records import record, replace
from onetake.model.values import Span

_TEMPLATE = re.compile(rb"\{\{-?\s*(?:[.$]|cookiecutter)|<%|%name[.%]")
"""Marks of files from which programs are made."""
_NAMES = frozenset({UNDEFINED_NAME, UNKNOWN_NAME, MISSING_IMPORT})
"""Faults after which an import that nothing uses may be the one that is meant."""


@record
class Judged:
    """A file, what is wrong with it in the order of its text, and the module that it belongs to."""

    faults: list[Fault]
    module: GoModule | None
    source: Source


def judged(path: Path, content: bytes, options: Options) -> Judged:
    """What is wrong with the file at ``path``.

    Raises:
        NoParser: there is no tree-sitter.
    """
    file = parsed(content)
    module = module_of(path.parent, options)
    libraries = GoLibraries(_editions(module))
    imports = Imports(file, libraries, module, options)
    source = Source(shown(path, options), content, file, imports)
    if file.constrained or not file.package:
        return Judged([], module, source)
    if not file.whole:
        return Judged([_broken(file)] if not _TEMPLATE.search(content) else [], module, source)
    package = package_of(path, file, options)
    known: dict[int, Imports] = {id(file): imports}

    def imports_of(one: GoFile) -> Imports:
        if id(one) not in known:
            known[id(one)] = Imports(one, libraries, module, options)
        return known[id(one)]

    typing = Typing(package, libraries, imports_of)
    expressions = Expressions(file, package, typing, imports, libraries)
    Statements(expressions).file(file.root)
    paths = [*importing.faults(file, libraries, module, options)]
    astray = any(fault.rule in (UNKNOWN_PACKAGE, MISSING_PACKAGE) for fault in paths)
    named = package.whole and not imports.hidden
    found = [
        *_commas(file),
        *paths,
        *(importing.names(expressions, imports, libraries, astray=astray) if named else ()),
        *(fault for fault in expressions.faults if _certain(fault, module)),
        *(_unused(expressions) if package.whole else ()),
    ]
    distinct = {(fault.rule, fault.node.start_byte, fault.name): fault for fault in found}
    settled = not any(fault.rule in _NAMES for fault in distinct.values())
    told = [one if settled or one.rule != UNUSED_IMPORT else replace(one, kept=True) for one in distinct.values()]
    return Judged(sorted(told, key=lambda fault: fault.node.start_byte), module, source)


def _broken(file: GoFile) -> Fault:
    nodes = (node for node in within(file.root) if node.is_missing or node.type == "ERROR")
    node = next(nodes, file.root)
    return Fault(SYNTAX_ERROR, node, "syntax", "is not valid Go here")


_UNENDED = {
    "literal_value": ("composite literal", "}"),
    "argument_list": ("argument list", ")"),
}
"""What the compiler calls them, and how they end."""


def _commas(file: GoFile) -> Iterator[Fault]:
    """Commas that Go wants before the end of a line, where the grammar takes the line's end for a space."""
    for node in within(file.root):
        title, end = _UNENDED.get(node.type, ("", ""))
        held = [child for child in node.named_children if child.type != "comment"] if title else []
        last = held[-1] if held else None
        if last is None or last.type == "variadic_argument" or last.end_point[0] == node.end_point[0]:
            continue
        if not any(child.type == "," and child.start_byte >= last.end_byte for child in node.children):
            verbatim = f"syntax error: unexpected newline in {title}; possibly missing comma or {end}"
            message = f"the last line of the {title} needs a comma"
            yield Fault(SYNTAX_ERROR, last, "syntax", message, verbatim, "write a comma", changes=(behind(last, ","),))


def _unused(expressions: Expressions) -> Iterator[Fault]:
    for one in expressions.scopes.unused:
        name = text(one.node)
        fix, changes = f"remove {name}, or write _", without(one.node)
        yield Fault(UNUSED_VARIABLE, one.node, name, f"nothing reads {name}", "", fix, changes=changes)


def _editions(module: GoModule | None) -> dict[str, Edition]:
    """The edition of each library by which a program is judged: the one that is required, or the next one known."""
    found: dict[str, Edition] = {}
    required: Mapping[str, str] = module.required if module else {}
    for root in PACKS:
        for edition in editions(root):
            told = required.get(_module(edition), "")
            if (module and _module(edition) in module.replaced) or not _alike(told, edition):
                continue
            # Of two majors, each has a path of its own; the one that nothing requires is never asked.
            if root not in found or (told and _reaches(edition, told, found[root], required)):
                found[root] = edition
    return found


def _alike(told: str, edition: Edition) -> bool:
    """Whether an edition can speak for a version: before 1.0 every minor version may take things away."""
    if not told or not edition.version.startswith("0."):
        return True
    asked, known = version(told.lstrip("v")), version(edition.version)
    return asked is None or known is None or asked[:2] >= known[:2]


def _module(edition: Edition) -> str:
    return edition.go


def _reaches(edition: Edition, told: str, other: Edition, required: Mapping[str, str]) -> bool:
    """Whether an edition judges better than one before it: it is required, and is nearer to the version."""
    if required.get(_module(other), "") != told or other.go != edition.go:
        return True
    asked, before = version(told.lstrip("v")), version(other.version)
    return asked is not None and before is not None and asked > before


def _exact(edition: Edition, module: GoModule | None) -> bool:
    """Whether exactly this version is required."""
    return module is not None and module.required.get(_module(edition), "").lstrip("v") == edition.version


def _certain(fault: Fault, module: GoModule | None) -> bool:
    """Leaves out what may well differ between releases of one major version.

    Types are widened to ``interface{}``; methods get more optional parameters, which Go asks for; fields are needed
    that were not.
    """
    edition = fault.edition
    if edition is None or _exact(edition, module):
        return True
    if fault.widens:
        return False
    older = _older(edition, module)
    return not (older and fault.rule in (MISSING_FIELD, WRONG_ARGUMENT_COUNT) and fault.grows)


def _older(edition: Edition, module: GoModule | None) -> bool:
    """Whether an older release than ``edition`` may be meant."""
    told = version(module.required.get(_module(edition), "").lstrip("v")) if module else None
    known = version(edition.version)
    return told is None or known is None or told < known


def finding(fault: Fault, module: GoModule | None, source: Source) -> Finding:
    """A fault as it is reported."""
    edition, file = fault.edition, source.name
    shown = f" in {_module(edition)} {edition.version}" if edition else ""
    return Finding(
        rule=fault.rule,
        severity=_severity(file, fault),
        stage=_stage(file, fault),
        confidence=Confidence.SCHEMA if edition else Confidence.DOCUMENTED,
        where=Span(file, place(fault)),
        resource="",
        message=f"{fault.message}{shown}",
        verbatim=fault.verbatim,
        fix=fault.fix,
        condition=_question(edition, module) if edition and fault.rule != MISSING_REQUIREMENT else "",
        edits=edits(fault, source),
        evidence=(f"https://pkg.go.dev/{_module(edition)}@v{edition.version}",) if edition else (),
    )


def _severity(file: str, fault: Fault) -> Severity:
    if file.endswith("_test.go") and fault.rule == UNUSED_IMPORT:
        return Severity.MEDIUM  # the first tests that cdktf init writes are such, and only tests stop
    return Severity.HIGH if fault.rule in LOSSES else Severity.CRITICAL


def place(fault: Fault) -> tuple[str | int, ...]:
    """Under which path a fault is shown."""
    return fault.rule, fault.name, fault.node.start_byte


def _stage(file: str, fault: Fault) -> Stage:
    if file.endswith("_test.go"):
        return Stage.UNIT_TEST
    if fault.rule in IN_TERRAFORM:
        return Stage.VALIDATE if fault.rule == INVALID_TEMPLATE else Stage.CREATE
    return Stage.SYNTH if fault.compiles or fault.rule in AT_SYNTH else Stage.BUILD


def _question(edition: Edition, module: GoModule | None) -> str:
    if _exact(edition, module):
        return ""
    told = module.required.get(_module(edition), "") if module else ""
    if not told:
        return f"is another version than {edition.version} used?"
    return f"does it hold for {told}, too? Only {edition.version} is known here"
