"""CloudTrail: a trail is deleted by its ARN, too."""

from typing import Any


def repair() -> None:
    """Moto deletes a trail by its name only, and says nothing of one that it does not find."""
    from moto.cloudtrail.models import CloudTrailBackend

    def delete(self: Any, name: str) -> None:
        self.trails.pop(name.rpartition("/")[2], None)

    CloudTrailBackend.delete_trail = delete
