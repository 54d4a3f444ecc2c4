"""Policy documents, as data sources: Terraform checks and renders them, nobody concatenates JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from constructs import Construct

from onetake.platforms.constructs.declaring import declare

Statement = Mapping[str, Any]
Condition = tuple[str, str, Sequence[str]]
"""An operator, a condition key and values."""


def statement(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str] | None = None,
    *,
    deny: bool = False,
    services: Sequence[str] = (),
    principals: Sequence[str] = (),
    federated: Sequence[str] = (),
    anybody: bool = False,
    except_actions: bool = False,
    when: Iterable[Condition] = (),
) -> Statement:
    """One statement of a policy.

    Args:
        sid: says what it is for.
        actions: what it is about.
        resources: what on; None in trust policies.
        deny: whether it forbids.
        services: principals that are services of AWS.
        principals: principals of accounts, as ARNs.
        federated: identity providers, as ARNs.
        anybody: whether it is about every principal; only in statements that forbid or have conditions.
        except_actions: whether it is about all actions but those.
        when: conditions that all have to hold.
    """
    who: list[dict[str, Any]] = []
    for kind, names in (("Service", services), ("AWS", principals), ("Federated", federated)):
        if names:
            who.append({"type": kind, "identifiers": list(names)})
    if anybody:
        who.append({"type": "*", "identifiers": ["*"]})
    return {
        "sid": sid,
        "effect": "Deny" if deny else "Allow",
        "not_actions" if except_actions else "actions": list(actions),
        "resources": None if resources is None else list(resources),
        "principals": who or None,
        "condition": [{"test": test, "variable": key, "values": list(values)} for test, key, values in when] or None,
    }


def only_encrypted(actions: Sequence[str], resources: Sequence[str]) -> Statement:
    """Forbid everybody to ask without TLS.

    Args:
        actions: what may not be asked so.
        resources: of what.
    """
    plain = [("Bool", "aws:SecureTransport", ["false"])]
    return statement("DenyPlain", actions, resources, deny=True, anybody=True, when=plain)


def document(scope: Construct, name: str, statements: Iterable[Statement]) -> str:
    """A reference to the JSON of a policy of such statements."""
    made = declare(scope, "data.aws_iam_policy_document", name, statement=list(statements))
    text: str = made.json
    return text


def trust(
    scope: Construct,
    name: str,
    services: Sequence[str],
    when: Iterable[Condition] = (),
) -> str:
    """The JSON of a policy by which services may assume a role."""
    return document(scope, name, [statement("Trust", ["sts:AssumeRole"], services=services, when=when)])
