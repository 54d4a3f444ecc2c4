"""The platforms by name; nothing of them is imported before it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from onetake.model.records import record
from onetake.platforms.parameters import Environment

if TYPE_CHECKING:
    from onetake.platforms.stack import Platform


@record
class Entry:
    """What is known of a platform without importing it.

    Attributes:
        name: as the command line and the tag ``Platform`` spell it.
        prefix: of the names of its resources and of its stack.
        summary: one line.
        module: where its class lives.
        cls: its class.
        note: what somebody who deploys it has to know besides, a paragraph of Markdown.
        settings: by environment, lines of TOML that a new project begins with.
        standards: that it is held to, as ``onetake.platforms.compliance`` names them.
    """

    name: str
    prefix: str
    summary: str
    module: str
    cls: str
    note: str = ""
    settings: Mapping[Environment, str] = {}
    standards: tuple[str, ...] = ()

    def load(self) -> type[Platform]:
        """Its class.

        Raises:
            MissingExtra: the packages of ``onetake[platforms]`` are not installed.
        """
        found: type[Platform] = getattr(importlib.import_module(self.module), self.cls)
        return found


_ADMINS: Final = "arn:aws:iam::123456789012:role/platform-admins"
_CERTIFICATE: Final = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
_NAMED: Final = 'domain_name = "{prefix}pay.example.com"  # yours\nhosted_zone_id = "Z0123456789ABC"  # yours\n'
_PREFIXES: Final[Mapping[Environment, str]] = {"dev": "dev.", "staging": "staging.", "prod": ""}

PLATFORMS: Final = {
    entry.name: entry
    for entry in (
        Entry(
            "security-baseline",
            "base",
            "Audit trail, configuration history, threat detection, identities, alarms and budget of one account",
            "onetake.platforms.baseline",
            "SecurityBaseline",
            note="It creates what an account has once. A second copy in the same account sets\n"
            "`manage_account_singletons = false`; an account that has used AWS Config before sets\n"
            "`create_config_role = false`.",
            standards=("cis",),
        ),
        Entry(
            "eks-microservices",
            "eks",
            "Microservices on a private EKS cluster with Fargate: images, queues, secrets, roles, ingress and alarms",
            "onetake.platforms.eks",
            "EksMicroservices",
            note="Once it is deployed, the outputs `update_kubeconfig` and `apply_manifests` are the commands that\n"
            "connect to the cluster and create its namespaces, service accounts and log router. Pods of the\n"
            "services carry the label `compute: fargate` and listen on port 8080.",
            settings={
                "prod": f'admin_principals = ["{_ADMINS}"]  # yours\ncertificate_arn = "{_CERTIFICATE}"  # yours\n',
            },
        ),
        Entry(
            "financial-platform",
            "fin",
            "Financial transactions: CloudFront, a load balancer, instances and Aurora PostgreSQL, for PCI DSS",
            "onetake.platforms.financial",
            "FinancialPlatform",
            note="It needs a domain name in every environment: each hop is encrypted and verified. With\n"
            "`hosted_zone_id` certificates and records are made; without, `certificate_arn` (us-east-1) and\n"
            "`origin_certificate_arn` name certificates, and records for the outputs `cloudfront_domain` and\n"
            "`alb_dns` are yours. `boot_script` installs the application, which listens on port 8080.",
            settings={name: _NAMED.format(prefix=prefix) for name, prefix in _PREFIXES.items()},
            standards=("pci",),
        ),
    )
}
