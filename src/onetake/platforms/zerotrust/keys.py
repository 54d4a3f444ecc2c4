"""One key for each domain of data, so that reading one never means reading another."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from onetake.platforms.constructs import KmsKey
from onetake.platforms.constructs.keys import Use, cloudtrail, logs, separated, services, through
from onetake.platforms.context import Context

SERVICES: Final = ("authorize", "tokenize", "settle")
"""The services of the platform, each of which is called so in names."""


class Keys(Construct):
    """The keys for cardholder data, tokens, logs, the audit trail, messages, and for images and certificates.

    Args:
        trail: the name of the trail that is encrypted with the audit key.
        administrator: ARN of the role that administers all of them and may use none.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, trail: str, administrator: str) -> None:
        super().__init__(scope, name)
        names = context.names
        users = [context.arn("iam", f"role/{names.of(service, 'role')}", region=False) for service in SERVICES]
        apart = separated(administrator, *users)

        def key(domain: str, description: str, *uses: Use) -> KmsKey:
            return KmsKey(self, domain, context=context, domain=domain, description=description, uses=[*uses, apart])

        self.cardholder = key("cardholder", "Secrets and files of the services", through("secretsmanager", "s3"))
        self.tokens = key("tokens", "The vault of tokens", through("dynamodb"))
        self.logs = key(
            "logs",
            "Log groups of the platform, and sessions of operators",
            logs(f"/{names.prefix}/{names.suffix}/*", f"aws-waf-logs-{names.of('web')}"),
        )
        self.audit = key("audit", "The audit trail", cloudtrail(trail), services("config"))
        self.messaging = key(
            "messaging", "Messages between services, and alarms", through("sqs"), services("cloudwatch", "events")
        )
        self.artifacts = key("artifacts", "Images, and authorities of clients", through("ecr", "s3"))
        self.by_domain: dict[str, KmsKey] = {
            "cardholder": self.cardholder,
            "tokens": self.tokens,
            "logs": self.logs,
            "audit": self.audit,
            "messaging": self.messaging,
            "artifacts": self.artifacts,
        }
