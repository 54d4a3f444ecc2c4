"""What AWS's own API names as values, for arguments of which the provider takes any text.

::

    enumerated("aws_instance")[("instance_initiated_shutdown_behavior",)].members  # ('stop', 'terminate')

The names are those of one version of botocore, and AWS adds more: a value that is not among them may be new. What
differs from one of them as only a slip of the pen does (``meant``) is another matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onetake.knowledge import shelf
from onetake.model.records import record

NAME = "aws-api-enums"
Names = tuple[str, ...]
_SHORTEST = 6
"""Of how many letters a name has to be for one that differs in a letter to be a slip: ``st1`` and ``sc1`` are two."""


@record
class Enumeration:
    """The values of one parameter of the API."""

    service: str
    """As the AWS SDK calls it: ``EC2``."""
    operation: str
    """The one that makes the resource: ``RunInstances``."""
    parameter: str
    """As it was found: a text that was given to the argument stood there in the request."""
    members: tuple[str, ...]
    source: str
    """Which version of what tells it: ``botocore 1.44.8``."""

    def meant(self, text: str) -> str:
        """The member that ``text`` is but for its case, or for a letter or two; empty when there is none.

        Other digits make another name (``TLSv1.2``, ``TLSv1.3``), and so do letters in short ones.
        """
        return meant(text, self.members)


@cache
def enumerated(type_: str) -> Mapping[Names, Enumeration]:
    """The arguments of a resource type whose values the API enumerates, by their paths.

    Raises:
        DamagedPack: the pack cannot be read.
    """
    pack = shelf.pack(NAME)
    frame = pack.load(type_) if pack is not None else None
    if pack is None or frame is None:
        return {}
    source = f"botocore {pack.meta['api']}"
    return {
        tuple(place.split(".")): Enumeration(service, operation, parameter, _members(key), source)
        for place, (service, operation, parameter, key) in frame.items()
    }


@cache
def _members(key: str) -> tuple[str, ...]:
    pack = shelf.pack(NAME)
    return tuple(pack.load(key) or ()) if pack is not None else ()


def meant(text: str, members: tuple[str, ...]) -> str:
    """The one of ``members`` that ``text``, which is none of them, was meant to be; empty when that is not clear."""
    if text in members or not text:
        return ""
    folded = text.lower()
    same = [member for member in members if _bare(member) == _bare(text)]
    if same:
        return same[0]
    shape = _shape(folded)
    near = [
        member
        for member in members
        if min(len(member), len(text)) >= _SHORTEST
        and _shape(member.lower()) == shape
        and _slip(folded, member.lower())
    ]
    return near[0] if len(near) == 1 else ""


def _bare(text: str) -> str:
    """Without case and what stands between words: ``ON_DEMAND``, ``on-demand`` and ``OnDemand`` are one."""
    return text.lower().translate(_BETWEEN)


_BETWEEN = str.maketrans("", "", "-_ ")


def _shape(text: str) -> str:
    """Digits in their order: those are what new names differ in."""
    return "".join(sign for sign in text if sign.isdigit())


def _slip(one: str, other: str) -> bool:
    """Whether one letter is missing, too many, wrong, or two beside each other changed places; case does not count."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
