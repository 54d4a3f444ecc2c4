"""What arguments demand of one another, from texts about what was left out and what was given together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.knowledge.terraform.constraints import plain_names
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.providers.mining import kinds
from onetake.providers.mining.places import Names
from onetake.providers.mining.reading import Reading, Template

_ARGUMENT = re.compile(r'The argument "(?P<name>[^"]+)" is required')
Row = tuple[str, list[str], list[str], str, str]
"""Kind, the argument pointed to, the members as the provider spells them, summary, detail."""


def relations(reading: Reading, body: BlockSchema) -> list[Row]:
    """Every relation once, sorted."""
    found = {repr(row): row for row in _all(reading, body) if not _of_itself(row)}
    return [found[key] for key in sorted(found)]


def _of_itself(row: Row) -> bool:
    """Whether an argument seems to exclude itself: the text is another's, who says the same from its own side."""
    kind, at, members, *_ = row
    return kind == "conflicts" and tuple(at) in map(plain_names, members)


def _all(reading: Reading, body: BlockSchema) -> Iterator[Row]:
    for place, texts in reading.always.items():
        for text in texts:
            if kinds.REQUIRED.search(text[2]):
                if _is_about(place, text[2]) and not _required(place, body) and "[Value(" not in text[2]:
                    yield "required", list(place), [], text[1], text[2]
            else:
                yield from _told(place, text)
    for place, texts in reading.relations.items():
        for text in texts:
            yield from _told(place, text)


def _is_about(place: Names, detail: str) -> bool:
    """Whether the text is about ``place``: inside sets the provider points to the set around what it means."""
    found = _ARGUMENT.match(detail)
    return place[-1:] != ("*",) and (found is None or plain_names(found["name"]) == place)


def _told(place: Names, text: Template) -> Iterator[Row]:
    error, summary, detail = text
    if not error or "[Value(" in detail:
        return
    at = list(place)
    if found := kinds.CONFLICTS.search(f"{summary}\n{detail}"):
        yield "conflicts", at, [found["other"]], summary, detail
    elif found := kinds.ONLY_ONE.search(detail):
        start, end = found.span("given")
        yield "only_one_of", at, found["all"].split(","), summary, f"{detail[:start]}{{given}}{detail[end:]}"
    elif found := kinds.ONE_OF.search(detail):
        kind = "exactly_one_of" if summary == "Invalid combination of arguments" else "at_least_one_of"
        yield kind, at, found["all"].split(","), summary, detail
    elif found := kinds.ALL_OF.search(detail):
        yield "required_with", at, found["all"].split(","), summary, detail
    elif found := kinds.CANNOT.search(detail):
        yield "conflicts", at or [*plain_names(found["one"])], [found["other"]], summary, detail
    elif found := kinds.MUST_TOO.search(detail):
        yield "required_with", at, [found["other"]], summary, detail
    elif found := kinds.BRACKETED.search(detail):
        yield from _bracketed(at, found, summary, detail)


def _bracketed(at: list[str], found: re.Match[str], summary: str, detail: str) -> Iterator[Row]:
    members = re.split(r",\s*(?![^\[]*\])", found["all"].replace('"', ""))
    which = found["which"]
    if which.startswith("At least"):
        yield "at_least_one_of", at, members, summary, detail
    elif which.startswith("These"):
        return
    elif which[:1].isdigit() or (summary == "Invalid Attribute Combination" and which.startswith("Exactly")):
        yield "only_one_of", at, members, summary, re.sub(r"^\d+ attributes", "{count} attributes", detail)
    else:
        yield "exactly_one_of", at, members, summary, detail


def _required(place: Names, body: BlockSchema) -> bool:
    """Whether the schema says so itself."""
    for name in place[:-1]:
        nested = body.blocks.get(name)
        if nested is None:
            return False
        body = nested.body
    attribute, block = body.attributes.get(place[-1]), body.blocks.get(place[-1])
    return bool(attribute and attribute.required) or bool(block and block.minimum)
