"""Bucket policy with an action that fits none of the resources of its statement.

Actions on objects (``s3:GetObject``) need ``arn:aws:s3:::bucket/*``, those on buckets (``s3:ListBucket``) the bucket's
own ARN. S3 refuses a policy in which one of them finds nothing of its kind. Actions with wildcards, and resources whose
kind is not known, are not judged.
"""

from collections.abc import Iterator

from onetake.aws.s3 import BucketPolicy
from onetake.mechanisms.policies import read
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.s3._policy_actions import kinds_of, kinds_reached, named

_NEEDS = {"object": "the objects of the bucket (its ARN and /*)", "bucket": "the bucket itself (its ARN alone)"}


def check(policy: BucketPolicy) -> Iterator[Fault]:
    """Each action of a statement against its resources; one finding for a statement."""
    document = read(policy.document, policy.stack)
    for statement in document.statements if document else ():
        reached = kinds_reached(statement, policy.stack)
        for action, where in named(statement):
            about = kinds_of(action)
            if about and not about & reached:
                (kind,) = about
                has = "objects only" if reached == {"object"} else "the bucket only"
                yield Fault(
                    where,
                    f"{action} is about {_NEEDS[kind]}, but its statement names {has}",
                    fix=f"Add {_NEEDS[kind]} to the resources of the statement, or give {action} one of its own.",
                )
                break


RULE = Rule(
    name="s3-policy-action-without-resource",
    view=BucketPolicy,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE, "MalformedPolicy: Action does not apply to any resource(s) in statement"
        ),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, "Action does not apply to any resource(s) in statement"),
    },
    cause="S3 checks that every action of a statement applies to one of its resources.",
    fix="Name the bucket for actions on buckets, and bucket/* for actions on objects.",
    evidence=(
        "https://github.com/ministryofjustice/modernisation-platform/pull/10762",
        "https://github.com/wandb/terraform-aws-wandb/issues/156",
        "https://github.com/spack/spack-infrastructure/pull/978",
        "https://github.com/aws-amplify/docs/issues/7799",
    ),
)
