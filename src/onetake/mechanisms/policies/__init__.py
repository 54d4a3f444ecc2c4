"""Policies: does this policy let that principal do this action on that resource? Yes, no or unknown.

Typical questions::

    key_allows(key, service_in("logs", key), ("kms:Encrypt", "kms:Decrypt"))
    role_allows(role, "ec2:CreateNetworkInterface", resource="*")
    resource_allows(bucket, Account("127311923021"), "s3:PutObject", resource=(bucket, "/AWSLogs/", ANY_TEXT))
    trusts(role, "lambda.amazonaws.com")
    is_public(resource_policy(bucket))
"""

from onetake.mechanisms.policies.attached import (
    Holder,
    bucket_policies,
    log_policies,
    policies_beside,
    resource_allows,
    resource_policy,
)
from onetake.mechanisms.policies.conditions import Context
from onetake.mechanisms.policies.documents import (
    Condition,
    Document,
    Element,
    Grantee,
    Principals,
    Statement,
    merged,
    read,
)
from onetake.mechanisms.policies.evaluation import Actions, allows, granting
from onetake.mechanisms.policies.keys import has_default_policy, key_allows, key_policy, locks_out
from onetake.mechanisms.policies.names import ANY_TEXT, Subject
from onetake.mechanisms.policies.principals import (
    Account,
    Anyone,
    Federated,
    Identity,
    Principal,
    Service,
    service_in,
)
from onetake.mechanisms.policies.public import is_public, opening
from onetake.mechanisms.policies.roles import (
    grants,
    managed_policy,
    managed_policy_name,
    permissions,
    role_allows,
    trust_policy,
    trusts,
)

__all__ = [
    "ANY_TEXT",
    "Account",
    "Actions",
    "Anyone",
    "Condition",
    "Context",
    "Document",
    "Element",
    "Federated",
    "Grantee",
    "Holder",
    "Identity",
    "Principal",
    "Principals",
    "Service",
    "Statement",
    "Subject",
    "allows",
    "bucket_policies",
    "granting",
    "grants",
    "has_default_policy",
    "is_public",
    "key_allows",
    "key_policy",
    "locks_out",
    "log_policies",
    "managed_policy",
    "managed_policy_name",
    "merged",
    "opening",
    "permissions",
    "policies_beside",
    "read",
    "resource_allows",
    "resource_policy",
    "role_allows",
    "service_in",
    "trust_policy",
    "trusts",
]
