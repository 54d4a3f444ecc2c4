"""Whether enumerations take their members in another case: asked with values that are members but for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onetake.knowledge.terraform.schema import BlockSchema, Nesting, TypeSchema
from onetake.providers.client import Provider
from onetake.providers.mining import kinds
from onetake.providers.mining.filling import Filling, Names, filled, surrounded
from onetake.providers.mining.places import leaf_type, named, placed
from onetake.providers.mining.reading import corrected, keyed

_FILL = Filling("x", 1, True, 1)


def other_case(members: Iterable[str]) -> str | None:
    """A text that is a member but for its case; ``None`` when there is none."""
    known = set(members)
    for member in sorted(known):
        for text in (member.swapcase(), member.lower(), member.upper()):
            if text not in known:
                return text
    return None


def folding(provider: Provider, schema: TypeSchema, enums: Mapping[Names, tuple[str, ...]]) -> dict[str, bool]:
    """Which of the enumerations take other cases, by path; those that could not be asked are left out.

    Raises:
        ProviderFailure: the provider crashed or did not answer in time.
    """
    texts = {place: text for place, members in enums.items() if (text := other_case(members)) is not None}
    texts = {place: text for place, text in texts.items() if _is_argument(place, schema.body)}
    alone = {place for place in texts if _in_set(place, schema.body)}
    together = {place: text for place, text in texts.items() if place not in alone}
    found: dict[str, bool] = {}
    if together:
        refused, unclear = _ask(provider, schema, together)
        found |= {".".join(place): place not in refused for place in together if place not in unclear}
        alone |= unclear
    for place in sorted(alone):
        refused, unclear = _ask(provider, schema, {place: texts[place]})
        if not unclear:
            found[".".join(place)] = not refused
    return found


def _ask(provider: Provider, schema: TypeSchema, texts: Mapping[Names, str]) -> tuple[set[Names], set[Names]]:
    """The places whose text is refused as no member, and those where something else is wrong."""
    arguments = {named(place): text for place, text in texts.items()}
    wanted = surrounded(set(arguments))
    said = provider.validate(schema.kind, schema.name, filled(schema.body, _FILL, wanted.__contains__, arguments))
    refused, unclear = set[Names](), set[Names]()
    for one in said:
        text = (one.error, one.summary, one.detail)
        at = named(corrected(placed(one.path, schema.body), text, schema.body))
        here = {place for place in texts if named(place)[: len(at)] == at} if at else set(texts)
        for place in here:
            if kinds.parsed(keyed(text, place))[0] == "enum":
                refused.add(place)
            elif kinds.tells_relation(text) and not kinds.REQUIRED.search(one.detail):
                unclear.add(place)
    return refused, unclear - refused


def _is_argument(place: Names, body: BlockSchema) -> bool:
    """Whether the path leads to an attribute or its elements, not into an object."""
    for name in named(place)[:-1]:
        nested = body.blocks.get(name)
        if nested is None:
            return False
        body = nested.body
    type_ = leaf_type(place[-1 - (place[-1] == "*") :], body)
    return named(place)[-1] in body.attributes and type_ is not None and type_.kind == "string"


def _in_set(place: Names, body: BlockSchema) -> bool:
    for name in named(place)[:-1]:
        nested = body.blocks[name]
        if nested.nesting is Nesting.SET:
            return True
        body = nested.body
    return False


def enumerations(found: Mapping[Names, Iterable[Any]]) -> dict[Names, tuple[str, ...]]:
    """The places at which there is one enumeration that is judged, and its members."""
    enums = {place: [one for one in some if one.kind == "enum" and one.exact] for place, some in found.items()}
    return {place: some[0].members for place, some in enums.items() if len(some) == 1 and not some[0].unless}
