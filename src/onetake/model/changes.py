"""What a plan does to a resource that is deployed already, or is about to be."""

from __future__ import annotations

from enum import Enum

from onetake.model.records import record
from onetake.model.values import Key


class Step(Enum):
    """What happens to one resource when a plan is carried out."""

    NOTHING = "nothing"
    CREATE = "create"
    READ = "read"
    """A data source that is asked during the deployment."""
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    FORGET = "forget"
    """It leaves the state and stays on AWS."""


@record
class Change:
    """The step that a plan takes with a resource, and why."""

    step: Step
    creates_first: bool = False
    """In a replacement: the new one is made before the old one goes (``create_before_destroy``)."""
    forced_by: tuple[tuple[Key, ...], ...] = ()
    """The paths of the arguments that cannot be changed in place, in a replacement."""
    changed: frozenset[str] = frozenset()
    """The arguments that an update changes, or may change."""
    reason: str = ""
    """Terraform's own word for it (``delete_because_no_resource_config``); empty where it gives none."""

    @property
    def removes(self) -> bool:
        """Whether what is deployed now is deleted, with or without a successor."""
        return self.step in (Step.DELETE, Step.REPLACE)
