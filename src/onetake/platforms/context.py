"""What every part of a platform has to know of the copy it belongs to."""

from __future__ import annotations

from typing import Any

from onetake.model.records import record
from onetake.platforms.names import Names
from onetake.platforms.parameters import Environment
from onetake.platforms.profiles import Profile


@record
class Context:
    """The copy of a platform that a construct belongs to.

    Attributes:
        names: makes the names of its resources.
        environment: what it is for.
        profile: its sizes and protections.
        account: a reference to the account's id.
        partition: a reference to the partition (``aws``, ``aws-cn``, ``aws-us-gov``).
        region: a reference to the region, for policies.
        region_name: the region as it was given, for names.
        provider: the provider of another region, or None.
        boundary: a reference to the permissions boundary of every role, or None.
    """

    names: Names
    environment: Environment
    profile: Profile
    account: str
    partition: str
    region: str
    region_name: str
    provider: Any = None
    boundary: str | None = None

    @property
    def keep(self) -> dict[str, bool] | None:
        """The lifecycle of what holds data: in a protected copy, Terraform refuses to destroy it."""
        return {"prevent_destroy": True} if self.profile.protected else None

    def arn(self, service: str, resource: str, *, region: bool = True, account: bool = True) -> str:
        """An ARN in this partition, and unless told otherwise in this region and account."""
        parts = (
            "arn",
            self.partition,
            service,
            self.region if region else "",
            self.account if account else "",
            resource,
        )
        return ":".join(parts)

    def service(self, name: str) -> str:
        """A service's principal, such as ``config.amazonaws.com``."""
        return f"{name}.amazonaws.com"
