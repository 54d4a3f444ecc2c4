"""Version numbers and the constraints that Terraform understands: ``>= 1.5.0, < 2.0.0``, ``~> 5.99``, ``!= 1.6.1``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onetake.model.records import record

Version = tuple[int, int, int]

_TERM = re.compile(r"^\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?\s*$")


@record
class Term:
    """One condition on a version; ``given`` tells how many numbers were written, which ``~>`` depends on."""

    operator: str
    version: Version
    given: int

    def __str__(self) -> str:
        """As Terraform prints it: ``~>`` with the numbers that were written, others with three."""
        shown = self.given if self.operator == "~>" else 3
        number = ".".join(map(str, self.version[:shown]))
        return number if self.operator == "=" else f"{self.operator} {number}"

    def admits(self, version: Version) -> bool:
        """Whether ``version`` fulfils it."""
        match self.operator:
            case "=":
                return version == self.version
            case "!=":
                return version != self.version
            case ">":
                return version > self.version
            case ">=":
                return version >= self.version
            case "<":
                return version < self.version
            case "<=":
                return version <= self.version
            case _:
                # ~> lets only the last written number grow.
                kept = max(self.given - 1, 1)
                return version >= self.version and version[:kept] == self.version[:kept]


def constraint(text: str) -> tuple[Term, ...] | None:
    """The conditions in ``text``; none for an empty one; ``None`` when it is not a constraint."""
    terms: list[Term] = []
    for piece in text.split(",") if text.strip() else ():
        found = _TERM.match(piece)
        if found is None:
            return None
        numbers = [int(number) for number in found.group(2, 3, 4) if number is not None]
        padded = (*numbers, 0, 0)
        terms.append(Term(found[1] or "=", (padded[0], padded[1], padded[2]), len(numbers)))
    return tuple(terms)


def version(text: str) -> Version | None:
    """The version that ``text`` writes; ``None`` for what is none, and for what comes before a release."""
    found = re.fullmatch(r"v?(\d+)\.(\d+)(?:\.(\d+))?", text.strip())
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def fulfilled(terms: Iterable[Term], found: Version) -> bool:
    """Does ``found`` fulfil all of ``terms``?"""
    return all(term.admits(found) for term in terms)


def satisfiable(terms: Sequence[Term]) -> bool:
    """Is there a version that fulfils all of ``terms``? It does not have to be one that was released.

    The versions that matter are those at the bounds, and the next ones behind them.
    """
    bounds = {term.version for term in terms} | {(0, 0, 0), (999, 0, 0)}
    candidates = bounds | {(one, two, three + 1) for one, two, three in bounds}
    candidates |= {(one, two + 1, 0) for one, two, _ in bounds} | {(one + 1, 0, 0) for one, _, _ in bounds}
    return any(fulfilled(terms, candidate) for candidate in candidates)


def bounded(text: str) -> bool:
    """Does the constraint leave out what is newer than some version? ``False`` when it cannot be read."""
    terms = constraint(text)
    return bool(terms) and not fulfilled(terms or (), (999, 0, 0))


def admits_older(text: str, first: Version) -> bool | None:
    """Does the constraint admit any version before ``first``? ``None`` when it cannot be read.

    Looks at the versions around every bound, which is where the answer can change.
    """
    terms = constraint(text)
    if terms is None:
        return None
    major, minor, _ = first
    candidates = {(major, before, 0) for before in range(minor)} | {term.version for term in terms}
    candidates |= {(one, two, three + 1) for one, two, three in candidates} | {(max(major - 1, 0), 999, 0)}
    return any(version < first and all(term.admits(version) for term in terms) for version in candidates)


def surely_older(text: str, first: Version) -> bool:
    """Does the constraint admit only versions before ``first``? ``False`` when it cannot be read.

    The versions that matter are ``first``, those at the bounds and those right after them.
    """
    terms = constraint(text)
    if not terms or not admits_older(text, first):
        return False
    candidates = {term.version for term in terms} | {first, (999, 0, 0)}
    candidates |= {(one, two, three + 1) for one, two, three in candidates}
    return not any(version >= first and all(term.admits(version) for term in terms) for version in candidates)
