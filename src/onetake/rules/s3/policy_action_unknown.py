"""Bucket policy with an action that S3 does not have.

IAM takes any action in a policy of its own; S3 refuses what it does not know in the policy of a bucket, such as
``s3:HeadObject`` (the permission is ``s3:GetObject``), ``s3:CopyObject``, or an action of another service. Actions with
wildcards are not judged.
"""

from collections.abc import Iterator

from onetake.aws.s3 import BucketPolicy
from onetake.knowledge.iam_actions import actions, as_of
from onetake.mechanisms.policies import read
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.s3._policy_actions import kinds_of, named

MEANT = {
    "s3:copyobject": "s3:GetObject and s3:PutObject",
    "s3:deleteobjects": "s3:DeleteObject",
    "s3:headbucket": "s3:ListBucket",
    "s3:headobject": "s3:GetObject",
    "s3:listbuckets": "s3:ListAllMyBuckets",
    "s3:listobjects": "s3:ListBucket",
    "s3:listobjectsv2": "s3:ListBucket",
    "s3:listobjectversions": "s3:ListBucketVersions",
    "s3:uploadpart": "s3:PutObject",
}
"""Operations of the API that are permitted by actions of other names."""


def check(policy: BucketPolicy) -> Iterator[Fault]:
    """An action that is written out, and that nobody knows."""
    document = read(policy.document, policy.stack)
    for statement in document.statements if document else ():
        for action, where in named(statement):
            name = action.lower()
            if kinds_of(action) is not None:
                continue
            if not (name in MEANT or _foreign(name)):
                continue  # it may have come since
            meant = MEANT.get(name, "")
            hint = f"; it is permitted by {meant}" if meant else ""
            yield Fault(
                where,
                f"{action} is no action of S3{hint} (as known on {as_of()})",
                fix=f"Write {meant} instead." if meant else "Take it out of the policy of the bucket.",
            )


def _foreign(action: str) -> bool:
    """Whether it is an action of another service, or no action at all; S3's relatives share policies with it."""
    service, colon, _ = action.partition(":")
    return not colon or (not service.startswith("s3") and actions(service) is not None)


RULE = Rule(
    name="s3-policy-action-unknown",
    view=BucketPolicy,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, "MalformedPolicy: Policy has invalid action"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, "Policy has invalid action"),
    },
    cause="S3 compares the actions of a bucket's policy with those that it has.",
    fix="Use the name of the permission, which is not always that of the operation.",
    evidence=(
        "https://github.com/DataBiosphere/azul/pull/6149",
        "https://github.com/ministryofjustice/cloud-platform-environments/pull/7685",
        "https://github.com/versity/versitygw/issues/650",
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
    ),
)
