"""The services: tasks on Fargate that listen with TLS, each with a role that reaches nothing but its own."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import LogGroup, Role, SecurityGroup, declare, statement
from onetake.platforms.constructs.images import image_repository
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context
from onetake.platforms.parameters import Environment, text
from onetake.platforms.refusals import Refused
from onetake.platforms.zerotrust.data import SEVEN_YEARS, Data
from onetake.platforms.zerotrust.endpoints import Endpoints
from onetake.platforms.zerotrust.ingress import Ingress
from onetake.platforms.zerotrust.keys import SERVICES, Keys
from onetake.platforms.zerotrust.lattice import CALLERS, INVOKE, PORT, Lattice
from onetake.platforms.zerotrust.network import InspectedNetwork
from onetake.platforms.zerotrust.rotation import SigningKeys
from onetake.platforms.zerotrust.tasks import Tasks

LOG_DAYS: Final[dict[Environment, int]] = {"dev": 30, "staging": 90, "prod": SEVEN_YEARS}
"""What services and calls between them leave behind is kept longer than other logs."""
CARD_NUMBERS: Final = ("CreditCardNumber", "CreditCardExpiration", "CreditCardSecurityCode")
"""What is masked in logs, by the names of CloudWatch Logs."""
_TAG: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")


def masking(context: Context) -> str:
    """A policy that masks card numbers in a log group, for everybody without a permission to see them."""
    identifiers = [f"arn:{context.partition}:dataprotection::aws:data-identifier/{one}" for one in CARD_NUMBERS]
    return json.dumps(
        {
            "Name": "card-numbers",
            "Version": "2021-06-01",
            "Statement": [
                {
                    "Sid": "audit",
                    "DataIdentifier": identifiers,
                    "Operation": {"Audit": {"FindingsDestination": {}}},
                },
                {
                    "Sid": "mask",
                    "DataIdentifier": identifiers,
                    "Operation": {"Deidentify": {"MaskConfig": {}}},
                },
            ],
        }
    )


def tag(parameter: str, given: object) -> str | None:
    """The tag of images, if there is one; never one that moves.

    Raises:
        Refused: it is none that a registry takes, or ``latest``.
    """
    if given is None:
        return None
    found = text(parameter, given, _TAG, "it has to be a tag such as '1.4.2'")
    if found == "latest":
        raise Refused(parameter, given, "tags cannot be written twice here: take one for each build, such as '1.4.2'")
    return found


class Services(Construct):
    """The cluster, and for each service its repository, log group, role, tasks and what sends work to them.

    Args:
        network: where tasks run.
        endpoints: through which they reach AWS.
        ingress: sends partners' requests to ``authorize``.
        lattice: takes calls between services.
        data: what they keep.
        keys: of the platform.
        signing: the keys they sign with.
        tag: of their images; no task is started without one.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: InspectedNetwork,
        endpoints: Endpoints,
        ingress: Ingress,
        lattice: Lattice,
        data: Data,
        keys: Keys,
        signing: SigningKeys,
        tag: str | None,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._network = network
        self._lattice = lattice
        self._data = data
        self._keys = keys
        self._signing = signing
        self.repositories: dict[str, Any] = {}
        self.logs: dict[str, LogGroup] = {}
        self.groups: dict[str, SecurityGroup] = {}
        self.roles: dict[str, Role] = {}
        for service in SERVICES:
            self._prepare(service, endpoints)
        self._execution = self._execution_role()
        self._registrar = self._registrar_role()
        self._open(ingress)
        self._run(tag)

    def _prepare(self, service: str, endpoints: Endpoints) -> None:
        """What exists before the first task."""
        context = self._context
        self.repositories[service] = image_repository(
            self, service, context=context, service=service, key=self._keys.artifacts
        )
        log = self.logs[service] = LogGroup(
            self,
            f"{service}_log",
            context=context,
            group=context.names.path("services", service),
            key=self._keys.logs,
            days=LOG_DAYS[context.environment],
        )
        declare(
            self,
            "aws_cloudwatch_log_data_protection_policy",
            f"{service}_masking",
            log_group_name=log.name,
            policy_document=masking(context),
        )
        group = self.groups[service] = SecurityGroup(
            self,
            f"{service}_group",
            context=context,
            component=service,
            description=f"Tasks of {service}",
            vpc_id=self._network.id,
        )
        endpoints.admit(service, group)
        if self._network.nat_gateways:
            group.reach("outside", port=443, cidr="0.0.0.0/0", description="Names on the list, through the firewall")
        self.roles[service] = Role(
            self,
            f"{service}_role",
            context=context,
            component=service,
            description=f"What tasks of {service} may do",
            services=["ecs-tasks"],
        )

    def _execution_role(self) -> Role:
        """What pulls images and writes logs, before and beside what runs in a task."""
        pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        write = ["logs:CreateLogStream", "logs:PutLogEvents"]
        return Role(
            self,
            "execution",
            context=self._context,
            component="execution",
            description="Pulls images of the services and writes their logs",
            services=["ecs-tasks"],
            allows={
                "start": [
                    statement("Token", ["ecr:GetAuthorizationToken"], ["*"]),
                    statement("Pull", pull, [one.arn for one in self.repositories.values()]),
                    statement("Log", write, [f"{one.arn}:*" for one in self.logs.values()]),
                ]
            },
        )

    def _registrar_role(self) -> Role:
        """What registers tasks with Lattice; ECS, which assumes it, does not tell for which account."""
        context = self._context
        policy = f"arn:{context.partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForVpcLattice"
        return Role(
            self,
            "registrar",
            context=context,
            component="registrar",
            description="Registers tasks with VPC Lattice",
            services=["ecs"],
            confused_deputy=False,
            managed={"lattice": policy},
        )

    def _own(self, service: str) -> list[Statement]:
        """What tasks of a service may do: read their own keys, and what the service is for."""
        data, keys = self._data, self._keys
        read = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
        told = [statement("OwnKeys", read, [self._signing.secrets[service].arn])]
        called = [f"{self._lattice.services[one].arn}/*" for one, callers in CALLERS.items() if service in callers]
        if called:
            told.append(statement("Call", [INVOKE], called))
        used = {"secretsmanager": keys.cardholder}
        if service == "authorize":
            told.append(statement("Capture", ["sqs:SendMessage", "sqs:GetQueueUrl"], [data.settlements.arn]))
            used["sqs"] = keys.messaging
        if service == "settle":
            take = ("ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl")
            told.append(statement("Settle", [f"sqs:{one}" for one in take], [data.settlements.arn]))
            told.append(statement("Files", ["s3:PutObject", "s3:GetObject"], [f"{data.files.arn}/*"]))
            used |= {"sqs": keys.messaging, "s3": keys.cardholder}
        if service == "tokenize":
            vault = [f"dynamodb:{one}" for one in ("GetItem", "PutItem", "UpdateItem", "DeleteItem")]
            told.append(statement("Vault", vault, [data.vault.arn]))
            used["dynamodb"] = keys.tokens
        return [*told, *(self._use(one, key.arn) for one, key in used.items())]

    def _use(self, service: str, key: str) -> Statement:
        through = ("StringEquals", "kms:ViaService", [f"{service}.{self._context.region}.amazonaws.com"])
        return statement(
            f"KeyThrough{service.capitalize()}", ["kms:Decrypt", "kms:GenerateDataKey"], [key], when=[through]
        )

    def _open(self, ingress: Ingress) -> None:
        """Who reaches whose tasks: partners those of authorize, and services each other by Lattice."""
        authorize = self.groups["authorize"]
        authorize.admit("balancer", port=PORT, peer=ingress.group, description="Partners, through the load balancer")
        ingress.group.reach("authorize", port=PORT, peer=authorize, description="Tasks of authorize")
        for service in SERVICES:
            if any(service in callers for callers in CALLERS.values()):
                self._lattice.join(service, self.groups[service])
        for service, callers in CALLERS.items():
            self._lattice.publish(service, self.groups[service], [self.roles[one].arn for one in callers])
        self._target = ingress.balancer.target_group("authorize", port=PORT)
        self._rule = ingress.balancer.forward("authorize", to=self._target, priority=10)

    def _run(self, tag: str | None) -> None:
        self.tasks = Tasks(
            self,
            "tasks",
            context=self._context,
            network=self._network,
            key=self._keys.logs,
            execution=self._execution,
            tag=tag,
        )
        for service in SERVICES:
            role = self.roles[service]
            own = role.allow("own", self._own(service))
            self.tasks.run(
                service,
                image=self.repositories[service].repository_url,
                role=role,
                group=self.groups[service],
                log=self.logs[service],
                environment=self._environment(service),
                balanced=self._target if service == "authorize" else None,
                called=(self._lattice.target_groups[service], self._registrar) if service in CALLERS else None,
                after=[own, self._rule] if service == "authorize" else [own, *self._registrar.grants],
            )

    def _environment(self, service: str) -> dict[str, str]:
        """Where a service finds what it needs; nothing secret, of which it is told the place only."""
        told = {"PORT": str(PORT), "SIGNING_KEYS_SECRET": self._signing.secrets[service].arn}
        for other, callers in CALLERS.items():
            if service in callers:
                called = self._lattice.services[other].dns_entry.get(0).domain_name
                told[f"{other.upper()}_URL"] = f"https://{called}"
        if service == "tokenize":
            told["VAULT_TABLE"] = self._data.vault.name
        else:
            told["SETTLEMENTS_QUEUE"] = self._data.settlements.url
        if service == "settle":
            told["FILES_BUCKET"] = self._data.files.name
        return told
