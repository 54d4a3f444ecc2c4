"""Who did what in the account: its trail, in a locked bucket of its own."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import OWN, KmsKey, Trail, access_logs, audit_bucket
from onetake.platforms.context import Context

RETENTION: Final = 400
"""Days for which nobody can delete what was recorded in production; PCI DSS 10.5.1 asks for twelve months."""


class AccountTrail(Construct):
    """The trail, its locked bucket, and the bucket of access logs beside it.

    Args:
        trail: its name.
        audit_key: encrypts the trail.
        logs_key: encrypts its log group.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, trail: str, audit_key: KmsKey, logs_key: KmsKey
    ) -> None:
        super().__init__(scope, name)
        arn = context.arn("cloudtrail", f"trail/{trail}")
        production = context.environment == "prod"
        self.logs = access_logs(self, context=context)
        self.bucket = audit_bucket(
            self, context=context, key=audit_key, logs=self.logs, trail_arn=arn, retention=RETENTION
        )
        recorded = Trail(
            self,
            OWN,
            context=context,
            trail=trail,
            arn=arn,
            bucket=self.bucket,
            audit_key=audit_key,
            logs_key=logs_key,
            selectors=_selectors() if production else None,
            insights=("ApiCallRateInsight", "ApiErrorRateInsight") if production else (),
        )
        self.group, self.trail = recorded.group, recorded.trail


def _selectors() -> list[dict[str, Any]]:
    def of(name: str, resource: str) -> dict[str, Any]:
        category = {"field": "eventCategory", "equal_to": ["Data"]}
        return {"name": name, "field_selector": [category, {"field": "resources.type", "equal_to": [resource]}]}

    management = {"name": "Management", "field_selector": [{"field": "eventCategory", "equal_to": ["Management"]}]}
    return [management, of("Objects", "AWS::S3::Object"), of("Functions", "AWS::Lambda::Function")]
