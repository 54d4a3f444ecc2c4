"""Calls between services: signed by the caller, admitted by name, encrypted and logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import LogGroup, SecurityGroup, declare, document, statement
from onetake.platforms.context import Context
from onetake.platforms.zerotrust.keys import Keys
from onetake.platforms.zerotrust.network import InspectedNetwork

INVOKE: Final = "vpc-lattice-svcs:Invoke"
PORT: Final = 8443
"""On which services listen, with TLS."""
CALLERS: Final[Mapping[str, tuple[str, ...]]] = {"tokenize": ("authorize", "settle"), "settle": ("authorize",)}
"""Who may call whom: a payment's card becomes a token and back, and a captured payment is cancelled."""


class Lattice(Construct):
    """The service network, and for each service that others call a service of Lattice with its policy.

    Args:
        network: from which calls come.
        keys: of the platform.
        days: for which calls are kept.
        delivery: what lets AWS deliver to log groups.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: InspectedNetwork,
        keys: Keys,
        days: int,
        delivery: Any,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._network = network
        self.services: dict[str, Any] = {}
        self.target_groups: dict[str, Any] = {}
        self.mesh = declare(
            self,
            "aws_vpclattice_service_network",
            "mesh",
            name=context.names.of("mesh"),
            auth_type="AWS_IAM",
        )
        self.arn: str = self.mesh.arn
        declare(
            self,
            "aws_vpclattice_auth_policy",
            "mesh",
            resource_identifier=self.mesh.arn,
            policy=document(
                self,
                "mesh_policy",
                [
                    statement(
                        "FromThisNetwork",
                        [INVOKE],
                        ["*"],
                        anybody=True,
                        when=[
                            ("StringEquals", "aws:PrincipalAccount", [context.account]),
                            ("StringEquals", "vpc-lattice-svcs:SourceVpc", [network.id]),
                        ],
                    ),
                    statement(
                        "NobodyWithoutName",
                        [INVOKE],
                        ["*"],
                        deny=True,
                        anybody=True,
                        when=[("StringEquals", "aws:PrincipalType", ["Anonymous"])],
                    ),
                ],
            ),
        )
        self._connect()
        self.log = LogGroup(self, "log", context=context, group=context.names.path("calls"), key=keys.logs, days=days)
        declare(
            self,
            "aws_vpclattice_access_log_subscription",
            "mesh",
            resource_identifier=self.mesh.arn,
            destination_arn=f"{self.log.arn}:*",
            depends_on=[delivery],
        )

    def _connect(self) -> None:
        context = self._context
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component="mesh",
            description="Calls of services to each other",
            vpc_id=self._network.id,
        )
        declare(
            self,
            "aws_vpclattice_service_network_vpc_association",
            "network",
            service_network_identifier=self.mesh.id,
            vpc_identifier=self._network.id,
            security_group_ids=[self.group.id],
        )
        # Lattice reaches targets, and is reached, at link-local addresses that this list of AWS names.
        self.addresses: str = declare(
            self,
            "data.aws_ec2_managed_prefix_list",
            "addresses",
            name=f"com.amazonaws.{context.region}.vpc-lattice",
        ).id

    def join(self, service: str, group: SecurityGroup) -> None:
        """Let tasks of a service call others, as far as policies admit them.

        Args:
            service: its name.
            group: of its tasks.
        """
        self.group.admit(service, port=443, peer=group, description=f"Calls of {service}")
        group.reach("mesh", port=443, prefix_list=self.addresses, description="Other services, through Lattice")

    def publish(self, service: str, group: SecurityGroup, callers: Sequence[str]) -> Any:
        """Let some roles call a service.

        Args:
            service: its name.
            group: of its tasks.
            callers: ARNs of the roles that may.

        Returns:
            The target group, with which tasks of the service are to be registered.
        """
        context = self._context
        group.admit("mesh", port=PORT, prefix_list=self.addresses, description="Other services, through Lattice")
        made = self.services[service] = declare(
            self, "aws_vpclattice_service", service, name=context.names.of(service), auth_type="AWS_IAM"
        )
        declare(
            self,
            "aws_vpclattice_auth_policy",
            service,
            resource_identifier=made.arn,
            policy=document(
                self,
                f"{service}_policy",
                [
                    statement(
                        "CallersByName",
                        [INVOKE],
                        ["*"],
                        principals=callers,
                        when=[("StringEquals", "vpc-lattice-svcs:SourceVpc", [self._network.id])],
                    )
                ],
            ),
        )
        checked = {"enabled": True, "protocol": "HTTPS", "protocol_version": "HTTP1", "path": "/health", "port": PORT}
        target = self.target_groups[service] = declare(
            self,
            "aws_vpclattice_target_group",
            service,
            name=context.names.of(service),
            type="IP",
            config={
                "port": PORT,
                "protocol": "HTTPS",
                "protocol_version": "HTTP1",
                "vpc_identifier": self._network.id,
                "health_check": checked | {"matcher": {"value": "200"}},
            },
        )
        declare(
            self,
            "aws_vpclattice_listener",
            service,
            name=context.names.of(service),
            service_identifier=made.id,
            port=443,
            protocol="HTTPS",
            default_action={"forward": [{"target_groups": [{"target_group_identifier": target.id, "weight": 100}]}]},
        )
        declare(
            self,
            "aws_vpclattice_service_network_service_association",
            service,
            service_identifier=made.id,
            service_network_identifier=self.mesh.id,
        )
        return target
