"""The network: a wall around the data tier besides the security groups."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import KmsKey, Network, declare
from onetake.platforms.context import Context

ENDPOINTS: Final = (
    *("secretsmanager", "kms", "logs", "ssm", "ssmmessages", "ec2messages", "monitoring", "sts", "rds"),
)
PORT: Final = 5432
_EPHEMERAL: Final = (1024, 65_535)


class FinancialNetwork(Network):
    """Three tiers, of which the data tier talks PostgreSQL with the application tier and itself, and nothing else.

    Args:
        cidr: its addresses, a /16.
        key: encrypts the flow logs.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, cidr: str, key: KmsKey) -> None:
        super().__init__(scope, name, context=context, cidr=cidr, key=key, endpoints=ENDPOINTS)
        acl = declare(
            self,
            "aws_network_acl",
            "data_wall",
            vpc_id=self.id,
            subnet_ids=self.subnet_ids("data"),
            tags={"Name": context.names.of("data")},
            provider=context.provider,
        )
        peers = [*self.subnets["app"], *self.subnets["data"]]
        for number, peer in enumerate(peers, 1):
            inside = peer in self.subnets["data"]
            self._pass(acl, 100 + number, f"ask_{number}", peer, (PORT, PORT), egress=False)
            self._pass(acl, 100 + number, f"answer_{number}", peer, _EPHEMERAL, egress=True)
            if inside:  # the proxy stands in this tier: it asks, and is answered
                self._pass(acl, 200 + number, f"asked_{number}", peer, (PORT, PORT), egress=True)
                self._pass(acl, 200 + number, f"answered_{number}", peer, _EPHEMERAL, egress=False)

    def _pass(self, acl: Any, number: int, name: str, peer: Any, ports: tuple[int, int], *, egress: bool) -> None:
        declare(
            self,
            "aws_network_acl_rule",
            f"data_wall_{name}",
            network_acl_id=acl.id,
            rule_number=number,
            egress=egress,
            protocol="tcp",
            rule_action="allow",
            cidr_block=peer.cidr_block_input,
            from_port=ports[0],
            to_port=ports[1],
        )
