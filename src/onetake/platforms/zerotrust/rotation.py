"""The keys that services sign with, and the function that rotates them."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from onetake.platforms.constructs import OWN
from onetake.platforms.constructs.rotated_secret import RotatedSecret
from onetake.platforms.constructs.rotating_function import Code, RotatingFunction
from onetake.platforms.context import Context
from onetake.platforms.zerotrust.endpoints import Endpoints
from onetake.platforms.zerotrust.keys import SERVICES, Keys
from onetake.platforms.zerotrust.network import InspectedNetwork

DAYS: Final = 30


class SigningKeys(Construct):
    """A secret for each service, and one function that rotates them all.

    The function runs in the data subnets, which reach Secrets Manager through its endpoint and nothing else.

    Args:
        keys: of the platform.
        network: where the function runs.
        endpoints: through which it reaches Secrets Manager.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        keys: Keys,
        network: InspectedNetwork,
        endpoints: Endpoints,
    ) -> None:
        super().__init__(scope, name)
        self.secrets: dict[str, RotatedSecret] = {
            service: RotatedSecret(
                self,
                service,
                context=context,
                secret=context.names.slashed(service, "signing-keys", kind="secret"),
                description=f"Keys that {service} signs with: key, and previous for what was signed before",
                key=keys.cardholder,
                length=64,
                value='{"key":"{random}","previous":""}',
            )
            for service in SERVICES
        }
        rotating = RotatingFunction(
            self,
            OWN,
            context=context,
            component="rotation",
            rotates="the keys that services sign with",
            code=Code("key_rotation", timeout=30),
            network=network,
            tier="data",
            secrets=list(self.secrets.values()),
            secret_keys=[keys.cardholder.arn],
            queue_key=keys.messaging,
            log_key=keys.logs,
        )
        self.dead_letters = rotating.dead_letters
        ready = [*endpoints.admit("rotation", rotating.group), endpoints.interfaces["secretsmanager"]]
        for service, secret in self.secrets.items():
            rotating.rotate(service, secret, days=DAYS, after=ready)
