"""The security baseline of an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from constructs import Construct

from onetake.platforms.baseline.account import Account, Contact
from onetake.platforms.baseline.configuration import Configuration
from onetake.platforms.baseline.cost import Cost
from onetake.platforms.baseline.detection import Detection
from onetake.platforms.baseline.identity import Identity
from onetake.platforms.baseline.keys import Keys
from onetake.platforms.baseline.monitor import Monitor
from onetake.platforms.baseline.trail import AccountTrail
from onetake.platforms.constructs import Network, Outputs, SecurityGroup
from onetake.platforms.parameters import Environment, chosen, flag
from onetake.platforms.profiles import Overrides
from onetake.platforms.refusals import Refused
from onetake.platforms.stack import Platform, State

CONTACTS: Final = ("SECURITY", "OPERATIONS", "BILLING")


class SecurityBaseline(Platform):
    """Audit trail, configuration history, detection, identities, alarms and budget of one account.

    Args:
        scope: the app.
        environment_suffix: in the name of every resource: 2 to 12 lower-case letters, digits and hyphens.
        environment: ``dev``, ``staging`` or ``prod``; derived from the suffix if not given.
        aws_region: where it stands.
        state: where Terraform keeps its state; beside the program if not given.
        default_tags: more tags for everything.
        overrides: settings that differ from the environment's profile.
        alarm_email: where alarms go; prod needs one.
        manage_account_singletons: whether it creates what an account or region has once. A second copy in the same
            account takes False.
        contacts: by kind (``SECURITY``, ``OPERATIONS``, ``BILLING``), whom AWS tells besides the owner.
        pci: whether Security Hub also judges by PCI DSS 4.0.1.
        create_config_role: whether to create the service-linked role of AWS Config; False where it exists already.
        vpc_cidr: addresses of the network, a /16.

    Raises:
        Refused: a parameter is missing or wrong.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        environment_suffix: str,
        environment: Environment | None = None,
        aws_region: str = "us-east-1",
        state: State | None = None,
        default_tags: Mapping[str, str] | None = None,
        overrides: Overrides | None = None,
        alarm_email: str | None = None,
        manage_account_singletons: bool = True,
        contacts: Mapping[str, Contact] | None = None,
        pci: bool = False,
        create_config_role: bool = True,
        vpc_cidr: str = "10.0.0.0/16",
    ) -> None:
        flag("pci", pci)
        flag("create_config_role", create_config_role)
        for kind, contact in (contacts or {}).items():
            chosen("contacts", kind, CONTACTS)
            if not isinstance(contact, Contact):
                raise Refused(f"contacts[{kind!r}]", contact, "it has to be a Contact")
        super().__init__(
            scope,
            prefix="base",
            title="security-baseline",
            data_class="internal",
            environment_suffix=environment_suffix,
            environment=environment,
            aws_region=aws_region,
            state=state,
            default_tags=default_tags,
            overrides=overrides,
            alarm_email=alarm_email,
            manage_account_singletons=manage_account_singletons,
        )
        context = self.context
        trail_name = context.names.of("trail", "trail")
        self.keys = Keys(self, "keys", context=context, trail=trail_name)
        self.trail = AccountTrail(
            self,
            "trail",
            context=context,
            trail=trail_name,
            audit_key=self.keys.audit,
            logs_key=self.keys.logs,
        )
        self.identity = Identity(self, "identity", context=context)
        self.monitor = Monitor(
            self,
            "monitor",
            context=context,
            group=self.trail.group,
            key=self.keys.notifications,
            email=self.alarm_email,
            break_glass=self.identity.break_glass.name,
        )
        self._build_network(vpc_cidr)
        self.detection: Detection | None = None
        if self.manages_singletons:
            self._build_singletons(contacts or {}, pci=pci, create_config_role=create_config_role)
        Cost(
            self,
            "cost",
            context=context,
            topic=self.monitor.topic,
            watches_anomalies=self.manages_singletons,
        )
        self._build_outputs()

    def _build_network(self, cidr: str) -> None:
        # Without a public tier: what runs here reaches S3 and DynamoDB, and nothing else.
        self.network = Network(
            self, "network", context=self.context, cidr=cidr, key=self.keys.logs, tiers=("app", "data")
        )
        self.https = SecurityGroup(
            self,
            "https_only",
            context=self.context,
            component="https-only",
            description="HTTPS within the network, nothing else",
            vpc_id=self.network.id,
        )
        self.https.admit("inside", port=443, peer=self.https, description="HTTPS from members of this group")
        self.https.reach("inside_out", port=443, peer=self.https, description="HTTPS to members of this group")

    def _build_singletons(self, contacts: Mapping[str, Contact], *, pci: bool, create_config_role: bool) -> None:
        Configuration(
            self,
            "configuration",
            context=self.context,
            key=self.keys.audit,
            logs=self.trail.logs,
            creates_role=create_config_role,
        )
        self.detection = Detection(self, "detection", context=self.context, pci=pci)
        Account(self, "account", key=self.keys.data, contacts=contacts)

    def _build_outputs(self) -> None:
        keys = self.keys
        values: dict[str, tuple[str | list[str], str]] = {
            "logs_key_arn": (keys.logs.arn, "Key of log groups"),
            "data_key_arn": (keys.data.arn, "Key of data at rest"),
            "audit_key_arn": (keys.audit.arn, "Key of the audit trail"),
            "notifications_key_arn": (keys.notifications.arn, "Key of notifications"),
            "audit_bucket": (self.trail.bucket.name, "Bucket of the audit trail"),
            "access_log_bucket": (self.trail.logs.name, "Bucket of access logs"),
            "topic_arn": (self.monitor.topic.arn, "Topic of alarms and findings"),
            "boundary_arn": (self.identity.boundary_arn, "Boundary for roles of workloads"),
            "break_glass_role_arn": (self.identity.break_glass.arn, "Role for emergencies"),
            "vpc_id": (self.network.id, "Network"),
            "https_group_id": (self.https.id, "Security group for HTTPS within the network"),
        }
        if self.detection is not None:
            values["detector_id"] = (self.detection.detector_id, "Detector of GuardDuty")
        Outputs(self, "outputs", context=self.context, values=values)
