"""Version numbers and the constraints that Terraform understands: ``>= 1.5.0, < 2.0.0``, ``~> 5.99``, ``!= 1.6.1``."""

from __future__ import annotations

import re

from onetake.model.records import record

Version = tuple[int, int, int]

_TERM = re.compile(r"^\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?\s*$")


@record
class Term:
    """One condition on a version; ``given`` tells how many numbers were written, which ``~>`` depends on."""

    operator: str
    version: Version
    given: int

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
