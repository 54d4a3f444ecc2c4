"""Values that AWS's API names, misspelt where the provider takes any text: nobody says so before AWS is asked.

A value that is not among the known ones may be new, and is passed over; one that is a known one but for its case, the
signs between its words, or a letter is told as a risk: some parts of AWS are not strict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onetake.frontends.terraform.evaluation import settle
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.schemas.subjects import Subject, instances
from onetake.frontends.terraform.syntax.nodes import Literal
from onetake.knowledge.terraform.api_enums import Enumeration, enumerated
from onetake.model.findings import Severity, Stage
from onetake.model.values import Absent, Known, Span, Value

MISSPELT = "terraform-value-misspelt"
QUESTION = "Does AWS take this spelling? Its published API has another one."
"""What decides whether it is refused."""
Names = tuple[str, ...]


def misspelt(subject: Subject) -> Iterator[Problem]:
    """The values of a resource's block that are spelt otherwise than AWS's API spells them."""
    block = subject.block
    known = enumerated(block.labels[0]) if block.kind == "resource" else {}
    if not known:
        return
    seen = set()
    for name in sorted({place[0] for place in known} & block.fields.keys()):
        below = {place[1:]: one for place, one in known.items() if place[0] == name}
        for value in _values(subject, name):
            for problem in _within(value, below, name, block.where / name):
                if problem.key not in seen:
                    seen.add(problem.key)
                    yield problem


def _values(subject: Subject, name: str) -> Iterator[Value[object]]:
    block, module = subject.block, subject.module
    node = block.fields[name]
    if isinstance(node, Literal):
        if subject.first:
            yield Known(node.value, block.where / name)
        return
    for one in instances(block, module):
        yield one.arguments[name] if name in one.arguments else settle(node, one.scope, block.where / name)


def _within(value: Value[object], below: Mapping[Names, Enumeration], name: str, where: Span) -> Iterator[Problem]:
    """What is misspelt in a value: a text, texts in a list, or blocks with texts in them."""
    if isinstance(value, Absent) or not isinstance(value, Known):
        return
    found = value.value
    if isinstance(found, tuple):
        for item in found:
            yield from _within(item, below, name, item.where)
    elif isinstance(found, Mapping):
        for inner in sorted({place[0] for place in below if place} & found.keys()):
            deeper = {place[1:]: one for place, one in below.items() if place and place[0] == inner}
            yield from _within(found[inner], deeper, inner, where / inner)
    elif isinstance(found, str) and () in below:
        one = below[()]
        meant = one.meant(found)
        if meant:
            yield _problem(name, found, meant, one, value.where)


def _problem(name: str, text: str, meant: str, one: Enumeration, where: Span) -> Problem:
    return Problem(
        MISSPELT,
        where,
        "",
        "",
        f'sets {name} to "{text}", which AWS spells "{meant}" ({one.service} {one.operation}, {one.parameter}; '
        f"{one.source})",
        f'Write "{meant}".',
        stage=Stage.CREATE,
        severity=Severity.HIGH,
    )
