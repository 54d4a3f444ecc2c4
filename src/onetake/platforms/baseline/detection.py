"""Services that look for attacks and weaknesses, and gather what they find."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from onetake.platforms.constructs import declare
from onetake.platforms.context import Context

FEATURES: Final = ("S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS")
AGENTS: Final = ("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT")
STANDARDS: Final = {
    "best_practices": "standards/aws-foundational-security-best-practices/v/1.0.0",
    "cis": "standards/cis-aws-foundations-benchmark/v/3.0.0",
}
PCI: Final = "standards/pci-dss/v/4.0.1"


class Detection(Construct):
    """GuardDuty, Security Hub, Inspector, Access Analyzer and Macie; once in an account and region.

    Args:
        pci: whether Security Hub also judges by PCI DSS 4.0.1.
    """

    def __init__(self, scope: Construct, name: str, *, context: Context, pci: bool) -> None:
        super().__init__(scope, name)
        production = context.environment == "prod"
        self._guard(production=production)
        self._gather(context, pci=pci)
        declare(
            self,
            "aws_inspector2_enabler",
            "inspector",
            account_ids=[context.account],
            resource_types=["EC2", "ECR", "LAMBDA"],
        )
        declare(
            self,
            "aws_accessanalyzer_analyzer",
            "external_access",
            analyzer_name=context.names.of("external-access"),
            type="ACCOUNT",
        )
        if production:
            declare(
                self,
                "aws_accessanalyzer_analyzer",
                "unused_access",
                analyzer_name=context.names.of("unused-access"),
                type="ACCOUNT_UNUSED_ACCESS",
                configuration={"unused_access": {"unused_access_age": 90}},
            )
            declare(self, "aws_macie2_account", "macie", status="ENABLED", finding_publishing_frequency="SIX_HOURS")

    def _guard(self, *, production: bool) -> None:
        detector = declare(
            self,
            "aws_guardduty_detector",
            "guardduty",
            enable=True,
            finding_publishing_frequency="FIFTEEN_MINUTES" if production else "SIX_HOURS",
        )
        self.detector_id: str = detector.id
        for feature in FEATURES:
            declare(
                self,
                "aws_guardduty_detector_feature",
                feature.lower(),
                detector_id=detector.id,
                name=feature,
                status="ENABLED",
            )
        if production:
            declare(
                self,
                "aws_guardduty_detector_feature",
                "runtime_monitoring",
                detector_id=detector.id,
                name="RUNTIME_MONITORING",
                status="ENABLED",
                additional_configuration=[{"name": agent, "status": "ENABLED"} for agent in AGENTS],
            )

    def _gather(self, context: Context, *, pci: bool) -> None:
        hub = declare(
            self,
            "aws_securityhub_account",
            "hub",
            enable_default_standards=False,
            auto_enable_controls=True,
            control_finding_generator="SECURITY_CONTROL",
        )
        for name, standard in (STANDARDS | ({"pci": PCI} if pci else {})).items():
            declare(
                self,
                "aws_securityhub_standards_subscription",
                name,
                standards_arn=context.arn("securityhub", standard, account=False),
                depends_on=[hub],
            )
        declare(self, "aws_securityhub_finding_aggregator", "aggregator", linking_mode="ALL_REGIONS", depends_on=[hub])
