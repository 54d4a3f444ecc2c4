"""Lifecycle rule that moves objects to infrequent access before they are 30 days old.

S3 takes ``STANDARD_IA`` and ``ONEZONE_IA`` only from 30 days on; other classes may be used at once.
"""

from collections.abc import Iterator

from onetake.aws.lookup import view
from onetake.aws.s3 import Bucket, BucketLifecycle, LifecycleRule
from onetake.aws.view import Attribute, View, blocks
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

LEAST_DAYS = 30
INFREQUENT = frozenset({"STANDARD_IA", "ONEZONE_IA"})


class Ageing(View):
    """What sends the lifecycle rules to S3."""

    KINDS = {
        Language.TERRAFORM: "aws_s3_bucket_lifecycle_configuration",
        Language.CLOUDFORMATION: "AWS::S3::Bucket",
    }


class Transition(View):
    """One move to another storage class."""

    days = Attribute(int, tf="days", cfn="TransitionInDays")
    storage_class = Attribute(str, tf="storage_class", cfn="StorageClass")


def check(holder: Ageing) -> Iterator[Fault]:
    """Every move whose class and age are known."""
    for rule in _rules(holder):
        for move in _moves(rule):
            match move.storage_class, move.days:
                case Known(storage), Known(days, where) if storage in INFREQUENT and days < LEAST_DAYS:
                    yield Fault(
                        where,
                        f"{holder.address} moves objects to {storage} after {days} days; S3 takes {LEAST_DAYS} or more",
                        words={"storage": storage},
                    )
                case _:
                    continue


def _rules(holder: Ageing) -> Iterator[LifecycleRule]:
    if holder.language is Language.TERRAFORM:
        yield from view(holder.resource, holder.stack, BucketLifecycle).rules
    else:
        yield from view(holder.resource, holder.stack, Bucket).lifecycle_rules


def _moves(rule: LifecycleRule) -> Iterator[Transition]:
    yield from blocks(rule.transitions, rule, Transition)
    if rule.language is Language.CLOUDFORMATION:
        yield from blocks(rule.transition, rule, Transition)


REFUSED = "'Days' in Transition action must be greater than or equal to 30 for storageClass '{storage}'"
RULE = Rule(
    name="s3-lifecycle-transition-too-soon",
    view=Ageing,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, REFUSED),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, REFUSED),
    },
    cause="S3 moves objects to infrequent access only when they are at least 30 days old.",
    fix="Set 30 days or more, or move to INTELLIGENT_TIERING or GLACIER_IR, which take objects at once.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html",
        "https://github.com/hashicorp/terraform-provider-aws/pull/6201",
    ),
)
