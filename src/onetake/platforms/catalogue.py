"""The platforms by name; nothing of them is imported before it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from onetake.model.records import record
from onetake.platforms.parameters import Environment

if TYPE_CHECKING:
    from onetake.platforms.profiles import Overrides
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
        profile: by environment, settings in which its profile differs from the common one.
        unused: settings of the common profile on which nothing in it depends, and which it does not take as overrides.
    """

    name: str
    prefix: str
    summary: str
    module: str
    cls: str
    note: str = ""
    settings: Mapping[Environment, str] = {}
    standards: tuple[str, ...] = ()
    profile: Mapping[Environment, Overrides] = {}
    unused: tuple[str, ...] = ()

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
# A certificate whose private key was never kept: nobody is admitted by it.
_AUTHORITY: Final = (
    "-----BEGIN CERTIFICATE-----\n"
    "MIIB3DCCAYGgAwIBAgIUH1joYFdRfdJOtLhaxJJOdaBXyjEwCgYIKoZIzj0EAwIw\n"
    "OjEQMA4GA1UECgwHb25ldGFrZTEmMCQGA1UEAwwdZXhhbXBsZSBhdXRob3JpdHkg\n"
    "b2YgcGFydG5lcnMwIBcNMjYxMTI4MTMyODA4WhgPMjA3NjExMTUxMzI4MDhaMDox\n"
    "EDAOBgNVBAoMB29uZXRha2UxJjAkBgNVBAMMHWV4YW1wbGUgYXV0aG9yaXR5IG9m\n"
    "IHBhcnRuZXJzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE72ce9Ka5Ou09HPlf\n"
    "8NcRlYml/OXPX+GyAMREbAIJta4RNDEQbEVRhEwFHDfGOx071y9sJf9VoWpEuwE1\n"
    "/fcy6qNjMGEwHQYDVR0OBBYEFFefMoJqAQo+ekqw5YDh6Lx03nWjMB8GA1UdIwQY\n"
    "MBaAFFefMoJqAQo+ekqw5YDh6Lx03nWjMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0P\n"
    "AQH/BAQDAgEGMAoGCCqGSM49BAMCA0kAMEYCIQDlcKYtGdwbhG6qBXfGftB2VrrH\n"
    "gJBvWiyWoGUNN0RFGgIhAMCBfzPzZiz3elyoJBeW52mXuOFmmurl6wchjQaefnIy\n"
    "-----END CERTIFICATE-----\n"
)
_PARTNERS: Final = (
    f'certificate_arn = "{_CERTIFICATE}"  # yours\n'
    'image_tag = "1.0.0"  # leave it out until images of that tag are pushed\n'
    f'client_ca = """\n{_AUTHORITY}"""  # the authorities that sign certificates of your partners\n'
)

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
            unused=(
                "nat_gateways",
                "interface_endpoint_zones",
                "secret_recovery_window",
                "backup_retention",
                "multi_az",
                "off_hours",
            ),
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
            unused=("backup_retention", "multi_az", "off_hours", "monthly_budget"),
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
        Entry(
            "zero-trust-payments",
            "ztp",
            "Payment processing without implicit trust: mutual TLS, signed calls, inspected egress, a vault of tokens",
            "onetake.platforms.zerotrust",
            "ZeroTrustPayments",
            note="It is deployed first without `image_tag`: the repositories are the outputs `authorize_repository`,\n"
            "`tokenize_repository` and `settle_repository`. Once an image of each is pushed, `image_tag` starts the\n"
            "tasks. They listen with TLS on port 8443, answer `/health`, and sign what they send to each other with\n"
            "SigV4 (service `vpc-lattice-svcs`). Partners connect an interface endpoint to `partner_service_name`.\n"
            "Prod chooses `egress_mode`: `none` has no way to the internet, and so needs no firewall.",
            settings={
                "dev": _PARTNERS,
                "staging": _PARTNERS,
                "prod": f'egress_mode = "inspected"  # or "none"\n{_PARTNERS}',
            },
            standards=("pci",),
            profile={"dev": {"interface_endpoint_zones": 1}, "staging": {"interface_endpoint_zones": 2}},
            unused=("backup_retention", "multi_az", "monthly_budget"),
        ),
        Entry(
            "globalstream",
            "gs",
            "A service in two regions: the second is at most 15 minutes behind and takes over within an hour",
            "onetake.platforms.globalstream",
            "GlobalStream",
            note="The pipeline's connection to its repository is made pending: finish it once, in the console.\n"
            "To fail over, start the automation document that the output `runbook` names, in the second region.\n"
            "With `backup-restore` that region has data and no service: deploy it with `warm-standby` then.\n"
            "Failing back is work of its own: database and files have to be replicated the other way first.",
            settings=dict.fromkeys(
                ("dev", "staging", "prod"),
                'domain_name = "stream.example.com"  # yours\nhosted_zone_id = "Z0123456789ABC"  # yours\n',
            ),
            unused=("monthly_budget",),
        ),
    )
}
