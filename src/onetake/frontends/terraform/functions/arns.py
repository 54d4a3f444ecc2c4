"""The functions of the AWS provider, which are on ARNs."""

from __future__ import annotations

from onetake.frontends.terraform.functions.values import Failure

_PARTS = ("partition", "service", "region", "account_id", "resource")


def arn_build(partition: str, service: str, region: str, account_id: str, resource: str) -> str:
    """``provider::aws::arn_build``."""
    return f"arn:{partition}:{service}:{region}:{account_id}:{resource}"


def arn_parse(arn: str) -> dict[str, str]:
    """``provider::aws::arn_parse``."""
    pieces = arn.split(":", 5)
    if pieces[0] != "arn" or len(pieces) == 1:
        raise Failure("arn: invalid prefix", exact=False)
    if len(pieces) < 6:
        raise Failure("arn: not enough sections", exact=False)
    return dict(zip(_PARTS, pieces[1:], strict=True))


def trim_iam_role_path(arn: str) -> str:
    """``provider::aws::trim_iam_role_path``."""
    parts = arn_parse(arn)
    kind, *path = parts["resource"].split("/")
    if parts["service"] != "iam" or parts["region"] or kind != "role" or not path:
        raise Failure("the given ARN is not of an IAM role", exact=False)
    return ":".join(["arn", *[parts[name] for name in _PARTS[:-1]], f"role/{path[-1]}"])
