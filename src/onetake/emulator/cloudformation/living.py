"""Resources of templates as things of the account, for the rules that judge what stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onetake.emulator.cloudformation.carriers import Carrier, Made
from onetake.emulator.cloudformation.resolving import Untold
from onetake.emulator.live.things import Thing


def thing(name: str, type_: str, properties: Mapping[str, Any], region: str) -> Thing:
    """A resource that is about to be made."""
    return Thing(type_, name, region, properties)


def stands(made: Made, by: Carrier, region: str) -> Thing:
    """A resource that was made, with what others may call it by."""
    names = {"Ref": made.ref, **{name: _told(made, by, name) for name in _attributes(made.type)}}
    # What is a name in its own properties is known as that.
    own = {value for value in made.properties.values() if isinstance(value, str)}
    identifiers = {name: value for name, value in names.items() if isinstance(value, str) and value not in own | {""}}
    return Thing(made.type, str(made.ref or made.logical_id), region, made.properties, identifiers)


def _attributes(type_: str) -> Iterator[str]:
    """The attributes that are identifiers, where a type has them."""
    noun = type_.rpartition("::")[2]
    yield from ("Arn", f"{noun}Arn", f"{noun}Id", "GroupId")


def _told(made: Made, by: Carrier, name: str) -> Any:
    try:
        return by.attribute(made, name)
    except Untold:
        return None
