"""How the second region takes over: names that follow, a runbook, and a day on which it is tried."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from constructs import Construct

from onetake.platforms.constructs import LogGroup, Role, declare, statement
from onetake.platforms.globalstream.region import Region
from onetake.platforms.globalstream.steps import Action, Step


class Entry(Construct):
    """One name for both regions: the first answers while it is healthy, else the second.

    A region is healthy while its load balancer answers over HTTPS and, in the first, while replication keeps up. The
    records are aliases of the load balancers, which answer for 60 seconds.

    Args:
        primary: answers while it is healthy.
        secondary: answers otherwise.
        domain_name: the name.
        hosted_zone_id: its zone.
        lag_alarm: the alarm on the database's lag, in the second region.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        primary: Region,
        secondary: Region,
        domain_name: str,
        hosted_zone_id: str,
        lag_alarm: Any,
    ) -> None:
        super().__init__(scope, name)
        names = primary.context.names
        self.checks = {side: self._check(side, region) for side, region in _sides(primary, secondary)}
        lag = declare(
            self,
            "aws_route53_health_check",
            "lag",
            type="CLOUDWATCH_METRIC",
            cloudwatch_alarm_name=lag_alarm.alarm_name,
            cloudwatch_alarm_region=secondary.context.region_name,
            insufficient_data_health_status="LastKnownStatus",
            tags={"Name": names.of("lag")},
        )
        # Both regions up and in step: what the dashboard shows, and what an operator looks at before a planned switch.
        self.ready = declare(
            self,
            "aws_route53_health_check",
            "ready",
            type="CALCULATED",
            child_health_threshold=2,
            child_healthchecks=[self.checks["secondary"].id, lag.id],
            tags={"Name": names.of("ready")},
        )
        self.records = {
            side: declare(
                self,
                "aws_route53_record",
                side,
                zone_id=hosted_zone_id,
                name=domain_name,
                type="A",
                set_identifier=side,
                failover_routing_policy={"type": side.upper()},
                health_check_id=self.checks[side].id,
                alias={
                    "name": region.balancer.dns_name,
                    "zone_id": region.balancer.zone_id,
                    "evaluate_target_health": True,
                },
            )
            for side, region in _sides(primary, secondary)
        }

    def _check(self, side: str, region: Region) -> Any:
        return declare(
            self,
            "aws_route53_health_check",
            side,
            type="HTTPS",
            fqdn=region.balancer.dns_name,
            port=443,
            resource_path="/health",
            request_interval=30,
            failure_threshold=3,
            enable_sni=True,
            tags={"Name": region.context.names.of(side)},
        )


class Runbook(Construct):
    """Automation documents in the second region, one for each step and one that takes all of them.

    They stand where they are needed: when the first region is lost, its documents are lost too.

    Args:
        secondary: the region that takes over.
        steps: by name, in their order.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        secondary: Region,
        steps: Mapping[str, Step],
    ) -> None:
        super().__init__(scope, name)
        context = self._context = secondary.context
        self.role = Role(
            self,
            "role",
            context=context,
            component="failover",
            description="Carries out the runbook of a failover",
            services=["ssm"],
            allows={"fail_over": [one for step in steps.values() for one in step.allows]},
        )
        self.documents: dict[str, Any] = {}
        for number, (key, step) in enumerate(steps.items(), 1):
            self.documents[key] = self._document(key, f"{number}-{key}", step.meaning, step.actions)
        run = [
            {
                "name": key.replace("-", "_"),
                "action": "aws:executeAutomation",
                "onFailure": "Abort",
                "inputs": {"DocumentName": document.name},
            }
            for key, document in self.documents.items()
        ]
        self.whole = self._document("failover", "failover", "Take over: every step in its order", run)
        self.role.allow(
            "run_steps",
            [
                statement(
                    "RunSteps",
                    [
                        "ssm:StartAutomationExecution",
                        "ssm:GetAutomationExecution",
                        "ssm:DescribeAutomationStepExecutions",
                    ],
                    [
                        context.arn("ssm", f"automation-definition/{context.names.prefix}-*-{context.names.suffix}:*"),
                        context.arn("ssm", "automation-execution/*"),
                    ],
                ),
                statement(
                    "PassItself",
                    ["iam:PassRole"],
                    [self.role.arn],
                    when=[("StringEquals", "iam:PassedToService", [context.service("ssm")])],
                ),
            ],
        )

    def _document(self, key: str, name: str, meaning: str, actions: Sequence[Action]) -> Any:
        body = {
            "schemaVersion": "0.3",
            "description": meaning,
            "assumeRole": self.role.arn,
            "mainSteps": list(actions),
        }
        return declare(
            self,
            "aws_ssm_document",
            key.replace("-", "_"),
            name=self._context.names.of(name),
            document_type="Automation",
            document_format="JSON",
            content=json.dumps(body),
            provider=self._context.provider,
        )


class GameDay(Construct):
    """An experiment that stops the tasks of the first region, and ends when anything else breaks.

    Args:
        primary: the region in which tasks are stopped.
        service: whose tasks are stopped.
        stop: the alarm that ends the experiment.
    """

    def __init__(self, scope: Construct, name: str, *, primary: Region, service: Any, stop: Any) -> None:
        super().__init__(scope, name)
        context = primary.context
        log = LogGroup(self, "log", context=context, group=context.names.path("experiments"), key=primary.keys.logs)
        role = Role(
            self,
            "role",
            context=context,
            component="experiments",
            description="Stops tasks on the day on which failing over is tried",
            services=["fis"],
            allows={
                "stop": [
                    statement("Stop", ["ecs:StopTask"], [context.arn("ecs", f"task/{context.names.of('stream')}/*")]),
                    statement("Find", ["ecs:ListTasks", "ecs:DescribeTasks"], ["*"]),
                    statement("FindByTag", ["tag:GetResources"], ["*"]),
                    statement(
                        "WriteLog",
                        [
                            "logs:CreateLogDelivery",
                            "logs:PutResourcePolicy",
                            "logs:DescribeResourcePolicies",
                            "logs:DescribeLogGroups",
                        ],
                        ["*"],
                    ),
                ]
            },
        )
        self.template = declare(
            self,
            "aws_fis_experiment_template",
            "region_lost",
            description="The tasks of the first region stop: the second has to answer",
            role_arn=role.arn,
            stop_condition=[{"source": "aws:cloudwatch:alarm", "value": stop.arn}],
            target=[
                {
                    "name": "tasks",
                    "resource_type": "aws:ecs:task",
                    "selection_mode": "ALL",
                    "parameters": {"cluster": primary.cluster.name, "service": service.name},
                }
            ],
            action=[
                {
                    "name": "stop",
                    "action_id": "aws:ecs:stop-task",
                    "description": "Stop every task of the service",
                    "target": {"key": "Tasks", "value": "tasks"},
                }
            ],
            log_configuration={
                "log_schema_version": 2,
                "cloudwatch_logs_configuration": {"log_group_arn": f"{log.arn}:*"},
            },
            tags={"Name": context.names.of("region-lost")},
            depends_on=role.grants,
        )


def _sides(primary: Region, secondary: Region) -> tuple[tuple[str, Region], tuple[str, Region]]:
    return ("primary", primary), ("secondary", secondary)
