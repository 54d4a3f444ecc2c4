"""Key that a plan deletes while resources that stay are encrypted with it.

A key is disabled the moment its deletion is scheduled. Whoever reads or writes with it is refused from then on, and
when the waiting period is over, what it encrypted is lost.

Judged on plans: what stays names the key's ARN or id, which the prior state tells.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import change
from onetake.model.changes import Step
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.resources import Mode, Resource
from onetake.model.values import Known, walk
from onetake.rules.rule import Answer, Fault, Rule


class Key(View):
    """A key, as others name it."""

    KINDS = {Language.TERRAFORM: ("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key")}

    arn = Attribute(str, tf="arn", cfn=None)
    id = Attribute(str, tf="key_id", cfn=None)


_OWN = ("aws_kms_alias", "aws_kms_key_policy", "aws_kms_grant")
"""What hangs on a key, and encrypts nothing with it."""


def check(key: Key) -> Iterator[Fault]:
    """Gone, and still named by an argument of something that stays."""
    later = key.stack.after
    if change(key).step is not Step.DELETE or later is None:
        return
    names = {value.value for value in (key.arn, key.id) if isinstance(value, Known)}
    users = tuple(
        resource
        for resource in later.resources.values()
        if resource.mode is Mode.MANAGED and not resource.type.startswith(_OWN) and _uses(resource, names)
    )
    if users:
        yield Fault(
            key,
            f"{key.address} is deleted, while {users[0].address} is encrypted with it",
            related=users,
            words={"arn": key.arn.value} if isinstance(key.arn, Known) else {},
        )


def _uses(resource: Resource, names: set[str]) -> bool:
    return any(
        isinstance(inner, Known) and isinstance(inner.value, str) and inner.value in names
        for name in resource.arguments
        if "kms" in name or name in ("key_id", "rule", "encryption_configuration", "encryption_config")
        for inner in walk(resource.arguments[name])
    )


RULE = Rule(
    name="kms-key-removed-in-use",
    view=Key,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.RUN, "KMSInvalidStateException: {arn} is pending deletion.")},
    deployed=True,
    cause="A key whose deletion is scheduled can neither encrypt nor decrypt.",
    fix="Keep the key, or move what it encrypts to another key and apply that before the key is deleted.",
    evidence=(
        "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/17889",
        "https://github.com/hashicorp/terraform-provider-aws/issues/27352",
    ),
)
