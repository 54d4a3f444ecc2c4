"""Log groups: kept for as long as the profile says, encrypted with a key that admits them."""

from __future__ import annotations

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.context import Context
from onetake.platforms.parameters import retention


class LogGroup(Construct):
    """A log group.

    Args:
        group: its name.
        key: encrypts it; its policy has to admit a log group of that name.
        days: for which events are kept; the profile's if not given.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, group: str, key: KmsKey, days: int | None = None
    ) -> None:
        super().__init__(scope, name)
        kept = context.profile.log_retention if days is None else retention("days", days)
        self.group = declare(
            self,
            "aws_cloudwatch_log_group",
            OWN,
            name=context.names.checked(group, "log group"),
            retention_in_days=kept,
            kms_key_id=key.arn,
            provider=context.provider,
            lifecycle=context.keep,
        )
        self.arn: str = self.group.arn
        self.name: str = self.group.name
