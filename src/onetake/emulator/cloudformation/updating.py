"""What an update does to a resource that stands: nothing, a change, a replacement, or what CloudFormation refuses.

Only what is certain is told: a property that AWS's schema calls create-only replaces the resource. The words are those
that people were told (https://github.com/cloudtools/stacker/issues/96, https://github.com/aws/aws-sam-cli/issues/6786).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onetake.knowledge.replacements import create_only, own_name
from onetake.model.records import record

NAMED = (
    "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
    "Rename {name} and update the stack again."
)
RETYPED = (
    "Update of resource type is not permitted. "
    "The new template modifies resource type of the following resources: [{name}]"
)


@record
class Change:
    """What an update does to one resource."""

    changed: tuple[str, ...]
    """The properties that differ."""
    replacing: tuple[str, ...] = ()
    """Those of them, as paths, for which it is replaced."""
    refused: str = ""
    """What CloudFormation says, where it does not do that."""

    @property
    def actions(self) -> list[str]:
        """As a plan of Terraform says it; a replacement is created before its predecessor is deleted."""
        return ["create", "delete"] if self.replacing else ["update"]


def change(type_: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Change | None:
    """What changes when the properties ``before`` become ``now``; ``None`` when nothing does."""
    changed = tuple(sorted(key for key in {*before, *now} if before.get(key) != now.get(key)))
    if not changed:
        return None
    replacing = tuple(path for path in create_only(type_) if _at(before, path) != _at(now, path))
    name = own_name(type_)
    refused = ""
    if replacing and name and name in now and before.get(name) == now[name]:
        refused = NAMED.format(name=now[name])
    return Change(changed, replacing, refused)


def _at(data: Any, path: str) -> list[Any]:
    """Everything that a path leads to."""
    found = [data]
    for key in path.split("/"):
        found = [inner for one in found for inner in _members(one, key)]
    return found


def _members(data: Any, key: str) -> Iterator[Any]:
    if key == "*" and isinstance(data, list):
        yield from data
    elif isinstance(data, Mapping) and key in data:
        yield data[key]
