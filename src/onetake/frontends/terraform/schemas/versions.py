"""Which versions of the AWS provider a program can be run with, of those whose schemas are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.files import Unreadable, read_text
from onetake.frontends.terraform.engines import required
from onetake.knowledge.terraform import schema_versions
from onetake.knowledge.versions import constraint

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program
    from onetake.knowledge.versions import Term

SOURCE = "hashicorp/aws"
LOCK = ".terraform.lock.hcl"
_LOCKED = re.compile(r'provider\s+"[^"\n]*/hashicorp/aws"\s*\{\s*version\s*=\s*"([^"\n]+)"')


def admitted(program: Program, modules: Sequence[Module]) -> tuple[str, ...]:
    """The versions to judge by, newest first; none where what the program needs is not known.

    The schemas of one version speak for its whole major version: arguments are added in minor ones, and only major ones
    take any away. A program that admits a major version newer than all that are known is not judged.
    """
    terms = [term for module in modules for term in _terms(module)]
    locked = _locked(program)
    if locked:
        terms = list(constraint(locked) or ())
    known = {int(version.partition(".")[0]): version for version in schema_versions()}
    newest = max(known, default=0)
    if _admits(terms, newest + 1):
        return ()
    return tuple(known[major] for major in sorted(known, reverse=True) if _admits(terms, major))


def _terms(module: Module) -> Iterator[Term]:
    for source, text in required(module.configuration):
        if source == SOURCE or source.endswith(f"/{SOURCE}"):
            yield from constraint(text) or ()


def _locked(program: Program) -> str:
    file = program.folder / LOCK
    if not file.is_file():
        return ""
    try:
        found = _LOCKED.search(read_text(file, program.options))
    except Unreadable:
        return ""
    return found[1] if found else ""


def _admits(terms: Sequence[Term], major: int) -> bool:
    """Whether any version of a major one is admitted: asked of those around every bound."""
    candidates = {(major, 0, 0), (major, 999, 999)}
    for term in terms:
        one, two, three = term.version
        candidates |= {(one, two, three), (one, two, three + 1), (one, two + 1, 0), (one, two, 999)}
        candidates |= {(one, two, three - 1)} if three else {(one, two - 1, 999)} if two else set()
    return any(version[0] == major and all(term.admits(version) for term in terms) for version in candidates)
