"""What the AWS provider plans and does, learned by asking it: defaults, what replaces a resource, how it is made.

::

    replaces("aws_instance", ("ami",), "5.100.0")        # True
    default("aws_sqs_queue", ("delay_seconds",), "5.100.0")  # 0
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from onetake.knowledge import shelf
from onetake.knowledge.pack import Pack
from onetake.model.records import record

PLANS = "terraform-aws-plans-"
"""What the names of the packs begin with; the provider's version follows."""
Names = tuple[str, ...]


@record
class Creation:
    """How the provider makes a resource, and what it prints when AWS refuses that."""

    service: str
    """As the AWS SDK calls it: ``SQS``."""
    operation: str
    """``CreateQueue``."""
    summary: str
    """``creating SQS Queue ({name}): operation error SQS: CreateQueue, ...``; ``{answer}`` stands for what AWS says."""
    detail: str
    parameters: tuple[str, ...]
    """The parameters that are sent with as little as possible given; empty in protocols of XML."""


@record
class PlanFacts:
    """What is known of one resource type."""

    replacing: frozenset[Names]
    """The arguments whose change replaces the resource, whatever else it says."""
    unclear: frozenset[Names]
    """Arguments and blocks of which that is not known."""
    defaults: Mapping[Names, Any]
    """What is planned where nothing is given; inside blocks, when the block is there."""
    computed: frozenset[str]
    """The arguments that are only known after apply when they are not given; other computed attributes always are."""
    creation: Creation | None

    def replaces(self, names: Names) -> bool | None:
        """Whether a change at ``names`` replaces the resource; ``None`` when that is not known.

        A change elsewhere may replace it too when the provider decides that by other values.
        """
        if names in self.replacing:
            return True
        return None if any(names[:end] in self.unclear for end in range(1, len(names) + 1)) else False


def plan_versions() -> tuple[str, ...]:
    """The versions of the AWS provider whose plans are known, oldest first."""
    return shelf.versions(PLANS)


@cache
def plan_facts(type_: str, version: str) -> PlanFacts | None:
    """What version ``version`` of the AWS provider plans for a resource type; ``None`` when that is not known.

    Raises:
        LookupError: there is no pack for that version.
        DamagedPack: its file cannot be read.
    """
    pack = shelf.pack(PLANS + version)
    if pack is None:
        raise LookupError(f"there are no plans of version {version} of the AWS provider")
    return of_pack(pack, type_)


def of_pack(pack: Pack, type_: str) -> PlanFacts | None:
    """What a pack says of a resource type."""
    frame = pack.load(type_)
    if frame is None:
        return None
    made = frame.get("o")
    return PlanFacts(
        _places(frame.get("r", ())),
        _places(frame.get("u", ())),
        {tuple(place.split(".")): value for place, value in frame.get("d", {}).items()},
        frozenset(frame.get("c", ())),
        Creation(made[0], made[1], made[2], made[3], tuple(made[4])) if made else None,
    )


def _places(written: list[str]) -> frozenset[Names]:
    return frozenset(tuple(place.split(".")) for place in written)


def replaces(type_: str, names: Names, version: str) -> bool | None:
    """Whether a change of an argument replaces the resource; ``None`` when that is not known.

    Raises:
        LookupError: there is no pack for that version.
    """
    facts = plan_facts(type_, version)
    return None if facts is None else facts.replaces(names)


def default(type_: str, names: Names, version: str) -> Any:
    """What is planned for an argument that is not given; ``None`` when there is no default, or none is known.

    Raises:
        LookupError: there is no pack for that version.
    """
    facts = plan_facts(type_, version)
    return None if facts is None else facts.defaults.get(names)
