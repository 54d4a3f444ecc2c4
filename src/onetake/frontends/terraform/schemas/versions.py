"""Which versions of the AWS provider a program can be run with, and the schemas by which it is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.files import Unreadable, read_text
from onetake.frontends.terraform.engines import public, required
from onetake.knowledge.terraform import provider_schema, schema_versions
from onetake.knowledge.terraform.constraints import constraint_versions
from onetake.knowledge.versions import Term, constraint
from onetake.model.records import record

if TYPE_CHECKING:
    from onetake.frontends.terraform.declarations import Configuration
    from onetake.frontends.terraform.program import Program
    from onetake.knowledge.terraform.schema import ProviderSchema

SOURCE = "hashicorp/aws"
RELEASED = 6
"""The newest major version of the provider that there is (since 2025-06-18)."""
LOCK = ".terraform.lock.hcl"
_LOCKED = re.compile(r'provider\s+"[^"\n]*/hashicorp/aws"\s*\{\s*version\s*=\s*"([^"\n]+)"')
_LAST = 999


@record
class Admitted:
    """What a program may be deployed with.

    The schemas of one version speak for its whole major version: arguments are added in minor ones, and only major ones
    take any away.
    """

    schemas: tuple[ProviderSchema, ...]
    """The newest known one of each major version that is admitted, newest first."""
    beyond: bool
    """Whether a major version is admitted that is newer than all whose schemas are known: it may have more names."""
    asked: bool
    """Whether a version is admitted that was asked what values it refuses."""


def admitted(program: Program) -> Admitted:
    """The schemas for the constraints in all modules of a program, or for the version that its lock file names."""
    chosen = locked(program)
    known = _speakers(chosen)
    terms = list(constraint(chosen) or ()) if chosen else terms_of(program)
    majors = [major for major in sorted(known, reverse=True) if admits(terms, major)]
    beyond = any(admits(terms, major) for major in range(max(known, default=0) + 1, RELEASED + 1))
    asked = any(_admits(terms, version) for version in constraint_versions())
    return Admitted(tuple(provider_schema(known[major]) for major in majors), beyond, asked)


def _admits(terms: Sequence[Term], version: str) -> bool:
    one, two, three = map(int, version.split("."))
    return all(term.admits((one, two, three)) for term in terms)


def _speakers(chosen: str) -> dict[int, str]:
    """The version that speaks for each major one: the newest known, or the ``chosen`` one where that is known."""
    versions = schema_versions()
    known = {_major(version): version for version in versions}
    return known | ({_major(chosen): chosen} if chosen in versions else {})


def _major(version: str) -> int:
    return int(version.partition(".")[0])


def terms_of(program: Program) -> list[Term]:
    """The conditions that all modules of a program together put on the provider's version."""
    return [term for configuration in program.configurations.values() for term in _terms(configuration)]


def _terms(configuration: Configuration) -> Iterator[Term]:
    for source, text in required(configuration):
        if public(source) == SOURCE:
            yield from constraint(text) or ()


def locked(program: Program) -> str:
    """The version in the program's lock file; empty where there is none."""
    file = program.folder / LOCK
    if not file.is_file():
        return ""
    try:
        found = _LOCKED.search(read_text(file, program.options))
    except Unreadable:
        return ""
    return found[1] if found else ""


def admits(terms: Sequence[Term], major: int) -> bool:
    """Whether any version of a major one fulfils ``terms``: asked of those around every bound."""
    candidates = {(major, 0, 0), (major, _LAST, _LAST)}
    for term in terms:
        one, two, three = term.version
        candidates |= {(one, two, three), (one, two, three + 1), (one, two + 1, 0), (one, two, _LAST)}
        candidates |= {(one, two, three - 1)} if three else {(one, two - 1, _LAST)} if two else set()
    return any(version[0] == major and all(term.admits(version) for term in terms) for version in candidates)
