"""The building blocks of platforms: each has one job, takes its parameters by name, and refuses wrong ones at once."""

from onetake.platforms.bindings import prepare

prepare()

from onetake.platforms.constructs.backup import BackupPlan, BackupRule, BackupVault, VaultLock  # noqa: E402 - after prepare(), which cdktn needs
from onetake.platforms.constructs.buckets import Bucket, Lock, access_logs  # noqa: E402
from onetake.platforms.constructs.budget import monthly_budget  # noqa: E402
from onetake.platforms.constructs.certificate import Certificate  # noqa: E402
from onetake.platforms.constructs.credentials import DatabaseCredentials  # noqa: E402
from onetake.platforms.constructs.declaring import OWN, declare  # noqa: E402
from onetake.platforms.constructs.keys import KmsKey  # noqa: E402
from onetake.platforms.constructs.load_balancer import CaBundle, LoadBalancer, balancer_logs  # noqa: E402
from onetake.platforms.constructs.logs import LogGroup  # noqa: E402
from onetake.platforms.constructs.monitoring import AlarmSet, Dashboard, Topic, tell_of  # noqa: E402
from onetake.platforms.constructs.network import Network  # noqa: E402
from onetake.platforms.constructs.outputs import Outputs  # noqa: E402
from onetake.platforms.constructs.policies import document, statement, trust  # noqa: E402
from onetake.platforms.constructs.roles import Role  # noqa: E402
from onetake.platforms.constructs.rotation import RotationLambda  # noqa: E402
from onetake.platforms.constructs.security_groups import SecurityGroup  # noqa: E402
from onetake.platforms.constructs.trail import Trail, audit_bucket  # noqa: E402
from onetake.platforms.constructs.web_acl import WebAcl  # noqa: E402

__all__ = [
    "OWN",
    "AlarmSet",
    "BackupPlan",
    "BackupRule",
    "BackupVault",
    "Bucket",
    "CaBundle",
    "Certificate",
    "Dashboard",
    "DatabaseCredentials",
    "KmsKey",
    "LoadBalancer",
    "Lock",
    "LogGroup",
    "Network",
    "Outputs",
    "Role",
    "RotationLambda",
    "SecurityGroup",
    "Topic",
    "Trail",
    "VaultLock",
    "WebAcl",
    "access_logs",
    "audit_bucket",
    "balancer_logs",
    "declare",
    "document",
    "monthly_budget",
    "statement",
    "tell_of",
    "trust",
]
