"""Imports and names of a Python file against the libraries' own classes, by the versions that the program pins."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from onetake.frontends.source import aliases, history
from onetake.frontends.source.agreeing import Agreed
from onetake.frontends.source.calls import Calls
from onetake.frontends.source.faults import (
    CREDENTIAL,
    EXPRESSION_AS_TEXT,
    INVALID_TEMPLATE,
    LOSSES,
    MILD,
    NO_ORDER,
    UNKNOWN_ARGUMENT,
    UNTYPED_KEY,
    Fault,
)
from onetake.frontends.source.imports import Use
from onetake.frontends.source.mending import Text, of_fault, of_module, of_name
from onetake.frontends.source.nodes import nodes
from onetake.frontends.source.pins import Pins
from onetake.frontends.source.resolving import resolver
from onetake.knowledge.api.editions import BINDINGS, PACKS, Edition, Module, editions
from onetake.knowledge.api.generated import upper
from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Struct
from onetake.knowledge.api.names import python_field
from onetake.model.findings import Confidence, Finding, Severity, Stage
from onetake.model.records import record, replace
from onetake.model.values import Span

UNKNOWN_MODULE = "python-unknown-module"
UNKNOWN_NAME = "python-unknown-name"
ROOTS = frozenset(PACKS)
_INDEX = "https://pypi.org/project/{0}/{1}/"
_OTHERS = {"aws_cdk": "aws_"}
"""Roots that other distributions add modules to, and how the names of the library's own begin."""
_FIRST_CDK = "aws_cdk.core"
"""Only the first CDK has it, whose other modules were other distributions: nothing is known of them."""
_EXPERIMENTAL = "_alpha"


_ENDED = frozenset({"cdktf", "cdktf_cdktf_provider_aws"})
"""Roots of libraries that were given up in December 2025: the newest edition of each is their last release."""


@record
class Judges:
    """By what a file is judged."""

    text: Text
    pins: Pins
    editions: tuple[Edition, ...]
    """Of the library that is meant: those that the program may run with, oldest first."""


def faults(text: Text, uses: Sequence[Use], pins: Pins) -> Iterator[Finding]:
    """What a file imports or names and the libraries do not have; one finding for each name."""
    seen: set[tuple[str, str]] = set()
    first = any(_FIRST_CDK in (use.module, f"{use.module}.{use.name}") for use in uses)
    for use in uses:
        key = (use.module, use.name)
        root = use.module.partition(".")[0]
        if first and root == "aws_cdk":
            continue
        by = Judges(text, pins, pins.judges(editions(root)))
        if key not in seen and by.editions:
            seen.add(key)
            found = _module_fault(use, by) if not use.name else _name_fault(use, by)
            if found:
                yield found


def _module_fault(use: Use, by: Judges) -> Finding | None:
    root, _, path = use.module.partition(".")
    if not path or not _own(root, path) or any(path in edition for edition in by.editions):
        return None
    verbatim = f"ModuleNotFoundError: No module named '{use.module}'"
    before = history.of_module(path, by.editions)
    near = _nearest_module(path, by.editions[-1]) if not before else ""
    fix = before or (f"import {root}.{near}" if near else "")
    found = _finding(UNKNOWN_MODULE, use, by, (f"there is no module {use.module}", verbatim, fix))
    return replace(found, edits=of_module(use, f"{root}.{near}", by.text)) if near else found


def _name_fault(use: Use, by: Judges) -> Finding | None:
    path = use.module.partition(".")[2]
    modules = [edition.module(path) for edition in by.editions]
    known = [module for module in modules if module is not None]
    if len(known) < len(modules) or any(_has(module, use) for module in known):
        return None
    if not use.name[:1].isupper():
        return _submodule_fault(use, by)
    module = known[-1]
    there = _near(use, module)
    near = [f"{name} (module {other.python})" if other is not module else name for other, name in there]
    verbatim = "" if use.attribute else f"ImportError: cannot import name '{use.name}' from '{use.module}'"
    message = f"{use.module} has no {use.name}"
    alias = aliases.told(use.module.partition(".")[0], use.name) if not path else ""
    before = history.told(by.editions, lambda one: use.name in (one.module(path) or ()))
    fix = alias or before or _untyped(use.name, module) or (f"use {near[0]}" if near else "")
    found = _finding(UNKNOWN_NAME, use, by, (message, verbatim, fix))
    here = bool(there) and there[0][0] is module and not before
    return replace(found, edits=of_name(use, there[0][1], by.text)) if here else found


def _untyped(name: str, module: Module) -> str:
    """What to write where the generator made no class, since the field above takes anything."""
    owners = (one for one in module.names if name.startswith(one) and len(one) < len(name))
    for owner in sorted(owners, key=len, reverse=True):
        struct = module.get(owner)
        for field in struct.fields.values() if isinstance(struct, Struct) else ():
            if field.type.name == "any" and name[len(owner) :].startswith(upper(field.name)):
                argument = python_field(field.name)
                return f"give {argument} of {owner} a dict with Terraform's own names (snake_case): it has no class"
    return ""


def _near(use: Use, module: Module) -> tuple[tuple[Module, str], ...]:
    return Libraries([module.edition]).nearest(use.name, module)


def _has(module: Module, use: Use) -> bool:
    below = f"{module.path}.{use.name}".lstrip(".")
    return use.name in module or below in module.edition or use.name.startswith("_")


def _submodule_fault(use: Use, by: Judges) -> Finding | None:
    """``from aws_cdk import aws_s4``: only judged where it can be nothing but a module of the library's own."""
    root, _, path = use.module.partition(".")
    if use.attribute or path or not _own(root, use.name) or root not in {*_OTHERS, *BINDINGS}:
        return None
    before = history.of_module(use.name, by.editions)
    near = _nearest_module(use.name, by.editions[-1]) if not before else ""
    verbatim = f"ImportError: cannot import name '{use.name}' from '{use.module}'"
    fix = before or (f"import {near} from {root}" if near else "")
    return _finding(UNKNOWN_MODULE, use, by, (f"{root} has no module {use.name}", verbatim, fix))


def _own(root: str, path: str) -> bool:
    """Whether a module of that name could only be the library's own, not one of another distribution's."""
    first = path.partition(".")[0]
    return first.startswith(_OTHERS.get(root, "")) and not first.endswith(_EXPERIMENTAL)


def _nearest_module(path: str, edition: Edition) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(path, edition.modules, 1, 0.8)), "")


def _finding(rule: str, use: Use, by: Judges, told: tuple[str, str, str]) -> Finding:
    cause = "Python stops at the import, before anything is synthesized." if not use.attribute else ""
    path = (use.module, use.name or "*", use.position.line)
    return _found(rule, path, by, (*told, cause))


def of_call(one: Agreed, text: Text, pins: Pins) -> Finding:
    """What is wrong with a call, or with what is read of a value."""
    fault = one.fault
    if fault.rule == NO_ORDER:  # whatever the version
        return of_tree(text, fault)
    before = _elsewhen(one, text)
    told = (fault.message, fault.verbatim, before or fault.fix, "")
    found = _found(fault.rule, place(fault), Judges(text, pins, one.editions), told)
    return found if before else replace(found, edits=of_fault(fault, text))


def _elsewhen(one: Agreed, text: Text) -> str:
    """Which other version takes an argument that is unknown here."""
    fault = one.fault
    if fault.rule != UNKNOWN_ARGUMENT or one.editions[-1].root not in BINDINGS:
        return ""
    calls = (node for node in nodes(text.tree) if isinstance(node, ast.Call) and fault.node in node.keywords)
    call = next(calls, None)
    if call is None:
        return ""

    below = [every[-1] for root in ("constructs", "cdktf", "cdktn") if (every := editions(root))]

    def takes(edition: Edition) -> bool:
        if edition.root != one.editions[-1].root:
            return False
        found = Calls(text.scopes, resolver(edition, (edition, *below))).faults(call)
        return all(other.key != fault.key for other in found)

    return history.told(one.editions, takes)


def of_tree(text: Text, fault: Fault) -> Finding:
    """What is wrong whatever libraries there are, with the edits that mend it."""
    return replace(of_text(text.file, fault), edits=of_fault(fault, text))


def of_text(file: str, fault: Fault) -> Finding:
    """What is wrong with the text whatever libraries there are."""
    return Finding(
        rule=fault.rule,
        severity=_severity(fault.rule),
        stage=_STAGES.get(fault.rule) or _stage(file),
        confidence=Confidence.DOCUMENTED,
        where=Span(file, place(fault)),
        resource="",
        message=fault.message,
        verbatim=fault.verbatim,
        fix=fault.fix,
        sensitive=fault.rule == CREDENTIAL,
    )


_STAGES = {
    UNTYPED_KEY: Stage.VALIDATE,
    INVALID_TEMPLATE: Stage.VALIDATE,
    EXPRESSION_AS_TEXT: Stage.CREATE,
    CREDENTIAL: Stage.RUN,
}
"""When it shows, of rules about what Python does not stop at."""


def _severity(rule: str) -> Severity:
    if rule in MILD:
        return Severity.MEDIUM
    return Severity.HIGH if rule in LOSSES else Severity.CRITICAL


def place(fault: Fault) -> tuple[str | int, ...]:
    """Under which path a fault is shown."""
    return fault.name, fault.node.lineno, fault.node.col_offset


def _found(rule: str, path: tuple[str | int, ...], by: Judges, told: tuple[str, str, str, str]) -> Finding:
    message, verbatim, fix, cause = told
    newest = by.editions[-1]
    return Finding(
        rule=rule,
        severity=_severity(rule),
        stage=_stage(by.text.file),
        confidence=Confidence.SCHEMA,
        where=Span(by.text.file, path),
        resource="",
        message=f"{message} in {newest.distribution} {' or '.join(one.version for one in by.editions)}",
        verbatim=verbatim,
        cause=cause,
        fix=fix,
        condition=_question(newest, by.pins),
        evidence=tuple(_INDEX.format(edition.distribution, edition.version) for edition in by.editions),
    )


def _question(newest: Edition, pins: Pins) -> str:
    """On what it depends, where another release may be installed than those whose classes are known."""
    wanted = pins.wanted.get(newest.distribution, "")
    if not pins.admits(newest):
        return f"is it in {newest.distribution} {wanted}, too? Only {newest.version} is known here"
    if newest.root not in _ENDED and pins.newer_admitted(newest):
        return f"is a release of {newest.distribution} later than {newest.version} installed that has it?"
    return ""


def _stage(file: str) -> Stage:
    """When a file is run: tests by whoever tests, all else to synthesize."""
    return Stage.UNIT_TEST if is_test(file) else Stage.SYNTH


def is_test(file: str) -> bool:
    """Whether a Python file is one that pytest runs, by its name."""
    name = file.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"


def tests(file: str) -> bool:
    """Whether a file belongs to the tests of a program: what they hold is made up."""
    return is_test(file) or not {"test", "tests"}.isdisjoint(file.split("/")[:-1])
