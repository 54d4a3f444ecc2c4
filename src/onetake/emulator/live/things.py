"""What stands in the emulated account, as far as calls told of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

from onetake.model.records import field, record, replace

GLOBAL = ("AWS::IAM::", "AWS::S3::", "AWS::CloudFront::", "AWS::Route53::")
"""Types whose things are the same in every region."""


@record
class Thing:
    """One thing in the account."""

    type: str
    """CloudFormation's name of its type."""
    name: str
    """What tells it from others of its type and region."""
    region: str
    properties: Mapping[str, Any]
    """As a template would give them, with the account's own identifiers in the place of references."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """What others may call it by: identifiers that AWS gave, by attribute (``Ref``, ``Arn``)."""

    kept: Mapping[str, Any] = field(default_factory=dict)
    """What a later call may come back to: the documents of a policy by version."""

    @property
    def address(self) -> str:
        """What it is called where all things are together: ``AWS::Logs::LogGroup /app/dev (eu-west-1)``."""
        return f"{self.type} {self.name}" + ("" if self.type.startswith(GLOBAL) else f" ({self.region})")

    def is_called(self, text: str) -> bool:
        """Whether ``text`` means it: its name, or an identifier."""
        return text == self.name or text in self.identifiers.values()


class Things:
    """Everything that stands; may be asked and told from several threads."""

    def __init__(self) -> None:
        self._things: dict[str, Thing] = {}
        """By their addresses."""
        self.lock = threading.RLock()

    def __iter__(self) -> Iterator[Thing]:
        with self.lock:
            return iter([*self._things.values()])

    def put(self, thing: Thing) -> None:
        """Keep a thing, in the place of what had its name."""
        with self.lock:
            self._things[thing.address] = thing

    def drop(self, thing: Thing) -> None:
        """It stands no more, or nothing certain is known of it."""
        with self.lock:
            self._things.pop(thing.address, None)

    def find(self, type_: str, called: str, region: str) -> Thing | None:
        """The thing of a type that is called so."""
        everywhere = type_.startswith(GLOBAL)
        with self.lock:
            return next(
                (
                    one
                    for one in self._things.values()
                    if one.type == type_ and (everywhere or one.region == region) and one.is_called(called)
                ),
                None,
            )


def changed(thing: Thing, properties: Mapping[str, Any]) -> Thing:
    """The thing with other properties; one that becomes ``None`` is gone."""
    whole = {**thing.properties, **properties}
    return replace(thing, properties={name: value for name, value in whole.items() if value is not None})
