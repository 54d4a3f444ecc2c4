"""CloudTrail: a trail is asked for, and deleted, by its name or its ARN."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _named(call: Call, _store: Store, answer: dict[str, Any]) -> None:
    """Moto tells of all trails, whichever are asked for."""
    wanted = call.get("trailNameList")
    if wanted:
        answer["trailList"] = [one for one in answer["trailList"] if {one["Name"], one["TrailARN"]} & {*wanted}]


AMENDMENTS = {"DescribeTrails": _named}


def repair() -> None:
    """Moto deletes a trail by its name only, and says nothing of one that it does not find."""
    from moto.cloudtrail.models import CloudTrailBackend

    def delete(self: Any, name: str) -> None:
        self.trails.pop(name.rpartition("/")[2], None)

    CloudTrailBackend.delete_trail = delete
