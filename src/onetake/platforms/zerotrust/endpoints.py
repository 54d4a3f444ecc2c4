"""The ways to AWS itself: an endpoint for every service that is used, each for this account only."""

from __future__ import annotations

from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import SecurityGroup, declare, document, statement
from onetake.platforms.constructs.policies import Condition, Statement
from onetake.platforms.context import Context
from onetake.platforms.zerotrust.network import InspectedNetwork

INTERFACES: Final = {
    "ecr.api": "ecr",
    "ecr.dkr": "ecr",
    "logs": "logs",
    "secretsmanager": "secretsmanager",
    "kms": "kms",
    "ssm": "ssm",
    "ssmmessages": "ssmmessages",
    "ec2messages": "ec2messages",
    "sts": "sts",
    "monitoring": "cloudwatch",
    "sqs": "sqs",
    "vpc-lattice": "vpc-lattice",
}
"""Services with an endpoint in the network: the prefix of their actions, by the service's name."""
GATEWAYS: Final = ("s3", "dynamodb")


class Endpoints(Construct):
    """Interface endpoints in subnets of their own, and gateway endpoints for S3 and DynamoDB.

    Whoever asks through one has to be of this account, and so has what is asked for: credentials of somebody else that
    are brought into the network are of no use there. Layers of images and patches lie in buckets of AWS, which may be
    read.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, network: InspectedNetwork) -> None:
        super().__init__(scope, name)
        self._context = context
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component="endpoints",
            description="Interface endpoints of AWS services",
            vpc_id=network.id,
        )
        # Who may reach them is decided by the groups that connect, each of which names this one.
        network.endpoint_group = self.group
        self.prefix_lists: dict[str, str] = {}
        self.interfaces: dict[str, Any] = {}
        self._build_gateways(network)
        subnets = network.subnet_ids("endpoints")[: context.profile.interface_endpoint_zones]
        for service, prefix in INTERFACES.items():
            key = service.replace(".", "_").replace("-", "_")
            self.interfaces[service] = declare(
                self,
                "aws_vpc_endpoint",
                key,
                vpc_id=network.id,
                service_name=f"com.amazonaws.{context.region}.{service}",
                vpc_endpoint_type="Interface",
                subnet_ids=subnets,
                security_group_ids=[self.group.id],
                private_dns_enabled=True,
                policy=document(self, f"{key}_policy", [self._ours(prefix)]),
                tags={"Name": context.names.of(service.replace(".", "-"))},
            )

    def admit(self, name: str, group: SecurityGroup) -> list[Any]:
        """Let what has a security group reach the interface endpoints, S3 and DynamoDB, and nothing else.

        Args:
            name: of the rules, with underscores.
            group: whose members may.

        Returns:
            The rules.
        """
        rules = [
            self.group.admit(name, port=443, peer=group, description=f"AWS services, from {name.replace('_', ' ')}"),
            group.reach("endpoints", port=443, peer=self.group, description="AWS services, through their endpoints"),
        ]
        for service, prefix_list in self.prefix_lists.items():
            told = f"{service}, through its endpoint"
            rules.append(group.reach(service, port=443, prefix_list=prefix_list, description=told))
        return rules

    def _ours(self, prefix: str) -> Statement:
        account = self._context.account
        conditions: list[Condition] = [("StringEquals", "aws:PrincipalAccount", [account])]
        # What belongs to nobody in particular, such as a token for the registry, has no account.
        conditions.append(("StringEqualsIfExists", "aws:ResourceAccount", [account]))
        return statement("ThisAccount", [f"{prefix}:*"], ["*"], anybody=True, when=conditions)

    def _build_gateways(self, network: InspectedNetwork) -> None:
        context = self._context
        layers = f"arn:{context.partition}:s3:::prod-{context.region}-starport-layer-bucket/*"
        patches = [
            f"arn:{context.partition}:s3:::{bucket}/*"
            for bucket in (f"patch-baseline-snapshot-{context.region}", f"aws-ssm-{context.region}")
        ]
        aws = statement("BucketsOfAws", ["s3:GetObject"], [layers, *patches], anybody=True)
        for service in GATEWAYS:
            statements = [self._ours(service), *([aws] if service == "s3" else [])]
            made = declare(
                self,
                "aws_vpc_endpoint",
                service,
                vpc_id=network.id,
                service_name=f"com.amazonaws.{context.region}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=network.tables("app", "data"),
                policy=document(self, f"{service}_policy", statements),
                tags={"Name": context.names.of(service)},
            )
            self.prefix_lists[service] = made.prefix_list_id
