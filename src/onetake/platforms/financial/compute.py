"""Instances of the application: from a hardened template, in every zone, as many as the load asks for."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from cdktn import Token
from constructs import Construct

from onetake.platforms.constructs import KmsKey, LogGroup, Role, SecurityGroup, Topic, declare
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.constructs.rotation import authorities
from onetake.platforms.context import Context
from onetake.platforms.financial.entry import APPLICATION_PORT, Entry
from onetake.platforms.financial.network import FinancialNetwork
from onetake.platforms.financial.sizes import Size

IMAGE: Final = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
"""Amazon Linux 2023, the newest whenever an instance is started."""
_MONTH: Final = 30 * 86_400  # seconds after which an instance is replaced, and so patched
_POLICIES: Final = {"sessions": "AmazonSSMManagedInstanceCore", "agent": "CloudWatchAgentServerPolicy"}
_STOP, _START = "0 20 * * MON-FRI", "0 6 * * MON-FRI"


class Compute(Construct):
    """The group, its template, its role, and how it grows and sleeps.

    Args:
        network: it stands in the application subnets.
        entry: the load balancer that sends to it.
        size: of the instances.
        data_key: encrypts their volumes.
        logs_key: encrypts their logs.
        topic: is told when instances come and go.
        allows: what the application may do, by the policy's name.
        boot: shell commands that install and start the application, which listens on port 8080 of the instance itself.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        network: FinancialNetwork,
        entry: Entry,
        size: Size,
        data_key: KmsKey,
        logs_key: KmsKey,
        topic: Topic,
        allows: dict[str, Sequence[Statement]],
        boot: str,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self.log = LogGroup(self, "log", context=context, group=context.names.path("application"), key=logs_key)
        # PCI DSS 10.5.1: a year, of which all is at hand.
        self.audit = LogGroup(self, "audit", context=context, group=context.names.path("audit"), key=logs_key, days=400)
        self.group = SecurityGroup(
            self,
            "group",
            context=context,
            component="app",
            description="Instances of the application; admit the load balancer",
            vpc_id=network.id,
        )
        self.group.admit("balancer", port=APPLICATION_PORT, peer=entry.group, description="Load balancer")
        self.group.reach("services", port=443, cidr="0.0.0.0/0", description="Services of AWS, packages, partners")
        entry.group.reach("app", port=APPLICATION_PORT, peer=self.group, description="Instances of the application")
        self.role = Role(
            self,
            "role",
            context=context,
            component="app",
            description="Instances of the application",
            services=["ec2"],
            confused_deputy=False,
            allows=allows,
            managed={key: f"arn:{context.partition}:iam::aws:policy/{policy}" for key, policy in _POLICIES.items()},
        )
        profile = declare(
            self,
            "aws_iam_instance_profile",
            "profile",
            name=context.names.of("app", "instance profile"),
            role=self.role.role.name,
        )
        self.template = self._make_template(size, profile, data_key, self._boot(boot))
        self.instances = self._make_group(network, entry, size)
        self._scale(entry)
        self._tell(topic)

    def _add(self, kind: str, name: str, /, **arguments: Any) -> Any:
        return declare(self, kind, name, provider=self._context.provider, **arguments)

    def _boot(self, application: str) -> str:
        """The script that an instance runs once, base64."""
        script = (Path(__file__).parent / "boot.sh").read_text(encoding="utf-8")
        for word, value in {
            "@PORT@": str(APPLICATION_PORT),
            "@AUTHORITIES@": authorities(self._context.region_name),
            "@LOG@": self._context.names.path("application"),
            "@AUDIT@": self._context.names.path("audit"),
            "@APPLICATION@": application,
        }.items():
            script = script.replace(word, value)
        return base64.b64encode(script.encode()).decode()

    def _make_template(self, size: Size, profile: Any, key: KmsKey, boot: str) -> Any:
        named = self._context.names.of("app")
        return self._add(
            "aws_launch_template",
            "template",
            name=named,
            description="Hardened instance of the application",
            image_id=IMAGE,
            instance_type=size.instance_type,
            update_default_version=True,
            user_data=boot,
            iam_instance_profile={"arn": profile.arn},
            metadata_options={
                "http_endpoint": "enabled",
                "http_tokens": "required",
                "http_put_response_hop_limit": 1,
            },
            network_interfaces=[
                {
                    "associate_public_ip_address": "false",
                    "security_groups": [self.group.id],
                    "delete_on_termination": "true",
                }
            ],
            block_device_mappings=[
                {
                    "device_name": "/dev/xvda",
                    "ebs": {
                        "volume_size": 30,
                        "volume_type": "gp3",
                        "encrypted": "true",
                        "kms_key_id": key.arn,
                        "delete_on_termination": "true",
                    },
                }
            ],
            monitoring={"enabled": True},
            tag_specifications=[{"resource_type": kind, "tags": {"Name": named}} for kind in ("instance", "volume")],
        )

    def _make_group(self, network: FinancialNetwork, entry: Entry, size: Size) -> Any:
        context = self._context
        low, high = size.instances
        moved = ["desired_capacity", "min_size", "max_size"] if context.profile.off_hours else ["desired_capacity"]
        return self._add(
            "aws_autoscaling_group",
            "instances",
            name=context.names.of("app"),
            min_size=low,
            max_size=high,
            vpc_zone_identifier=network.subnet_ids("app"),
            launch_template={"id": self.template.id, "version": Token.as_string(self.template.latest_version)},
            target_group_arns=[entry.targets.arn],
            health_check_type="ELB",
            health_check_grace_period=300,
            default_instance_warmup=180,
            max_instance_lifetime=_MONTH,
            force_delete=not context.profile.protected,
            enabled_metrics=["GroupInServiceInstances", "GroupDesiredCapacity", "GroupMinSize", "GroupMaxSize"],
            instance_refresh={
                "strategy": "Rolling",
                "preferences": {
                    "min_healthy_percentage": 100,
                    "max_healthy_percentage": 200,
                    # AWS rolls back to an image by its id only, and ours is a parameter.
                    "auto_rollback": False,
                },
            },
            tag=[{"key": "Name", "value": context.names.of("app"), "propagate_at_launch": True}],
            # What scaling and the schedule move is theirs.
            lifecycle={"ignore_changes": moved},
            # Before them, instances boot without packages, or answer to nobody.
            depends_on=[entry.rule, *network.ways_out, *self.role.grants, self.log.group, self.audit.group],
        )

    def _scale(self, entry: Entry) -> None:
        group = self.instances.name
        label = f"{entry.balancer.dimension}/{entry.targets.arn_suffix}"
        for name, target, metric in (
            ("cpu", 50, {"predefined_metric_type": "ASGAverageCPUUtilization"}),
            ("requests", 1000, {"predefined_metric_type": "ALBRequestCountPerTarget", "resource_label": label}),
        ):
            self._add(
                "aws_autoscaling_policy",
                name,
                name=self._context.names.of(f"app-{name}"),
                autoscaling_group_name=group,
                policy_type="TargetTrackingScaling",
                target_tracking_configuration={"target_value": target, "predefined_metric_specification": metric},
            )
        if not self._context.profile.off_hours:
            return
        low, high = self.instances.min_size_input, self.instances.max_size_input
        for name, when, sizes in (("stop", _STOP, (0, 0, 0)), ("start", _START, (low, high, low))):
            self._add(
                "aws_autoscaling_schedule",
                name,
                scheduled_action_name=self._context.names.of(f"app-{name}"),
                autoscaling_group_name=group,
                recurrence=when,
                time_zone="Etc/UTC",
                min_size=sizes[0],
                max_size=sizes[1],
                desired_capacity=sizes[2],
            )

    def _tell(self, topic: Topic) -> None:
        self._add(
            "aws_autoscaling_lifecycle_hook",
            "leaving",
            name=self._context.names.of("app-leaving"),
            autoscaling_group_name=self.instances.name,
            lifecycle_transition="autoscaling:EC2_INSTANCE_TERMINATING",
            # Time to finish what was begun and to ship the last logs.
            heartbeat_timeout=120,
            default_result="CONTINUE",
        )
        self._add(
            "aws_autoscaling_notification",
            "told",
            group_names=[self.instances.name],
            topic_arn=topic.arn,
            notifications=["autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE_ERROR"],
            depends_on=[topic.policy],
        )
