"""The requirements of a standard, each with the resources of a stack that meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onetake.model.records import record
from onetake.platforms.compliance.requirement import Requirement, Standard
from onetake.platforms.synthesized import Resource, Synthesized


@record
class Row:
    """How a stack stands to one requirement.

    Attributes:
        requirement: it.
        resources: that meet it; none if they do not.
    """

    requirement: Requirement
    resources: tuple[Resource, ...]

    @property
    def answer(self) -> str:
        """``met``, ``elsewhere`` or ``not met``."""
        if self.resources:
            return "met"
        return "elsewhere" if self.requirement.elsewhere else "not met"


def judge(standard: Standard, stack: Synthesized) -> list[Row]:
    """A row for every requirement, in the standard's order."""
    return [Row(one, tuple(one.met(stack))) for one in standard.requirements]


def markdown(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table."""
    yield "| requirement | asks | met or watched by |"
    yield "| --- | --- | --- |"
    for row in rows:
        one = row.requirement
        by = ", ".join(_named(row.resources))
        yield f"| {one.number} | {one.meaning} | {by or one.elsewhere or '**not met**'} |"


def _named(resources: Sequence[Resource]) -> Iterator[str]:
    """One of a type by its address, more by their type and number."""
    for kind, count in sorted(Counter(one.kind for one in resources).items()):
        if count > 1:
            yield f"`{kind}` ({count})"
        else:
            yield from (f"`{one.address}`" for one in resources if one.kind == kind)
