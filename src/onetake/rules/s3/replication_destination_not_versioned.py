"""Replication into a bucket that keeps no versions.

S3 takes a replication configuration only when the destination has versioning enabled at that moment. In Terraform
versioning is a resource of its own, for which the replication has to wait.

Only destinations that the same program makes are judged.
"""

from collections.abc import Iterator

from onetake.aws.lookup import companions, target, view
from onetake.aws.s3 import Bucket, BucketReplication, BucketVersioning, ReplicationRule
from onetake.aws.view import View
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule


class Replicating(View):
    """What sends the replication configuration to S3."""

    KINDS = {
        Language.TERRAFORM: "aws_s3_bucket_replication_configuration",
        Language.CLOUDFORMATION: "AWS::S3::Bucket",
    }


def check(source: Replicating) -> Iterator[Fault]:
    """Every destination of the configuration that is a bucket of this program."""
    for rule in _rules(source):
        bucket = target(rule.destination, source.stack, Bucket)
        if bucket is None or bucket.resource is source.resource:
            continue
        match bucket.versioning:
            case Absent():
                message = f"{source.address} replicates to {bucket.address}, which has no versioning"
                yield Fault(rule.destination.where, message, related=(bucket,))
            case Known(status) if status != "Enabled":
                message = f"{source.address} replicates to {bucket.address}, whose versioning is {status}"
                yield Fault(rule.destination.where, message, related=(bucket,))
            case Known():
                yield from _waits(source, rule, bucket)
            case _:
                continue


def _rules(source: Replicating) -> Iterator[ReplicationRule]:
    if source.language is Language.TERRAFORM:
        yield from view(source.resource, source.stack, BucketReplication).rules
        return
    for replication in view(source.resource, source.stack, Bucket).replication:
        yield from replication.rules


def _waits(source: Replicating, rule: ReplicationRule, bucket: Bucket) -> Iterator[Fault]:
    """In Terraform: does the configuration wait until versioning is on?"""
    if source.language is not Language.TERRAFORM:
        return
    versioning = companions(bucket, BucketVersioning, "bucket").only
    if versioning is not None and surely_before(source.stack, versioning, source) is Truth.NO:
        yield Fault(
            rule.destination.where,
            f"{source.address} does not wait for {versioning.address}, which turns on versioning of {bucket.address}",
            related=(versioning, bucket),
            fix=f"Add {versioning.resource.declaration} to depends_on of {source.address}.",
        )


RULE = Rule(
    name="s3-replication-destination-not-versioned",
    view=Replicating,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, "InvalidRequest: Destination bucket must have versioning enabled."),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            "Destination bucket must have versioning enabled. "
            "(Service: Amazon S3; Status Code: 400; Error Code: InvalidRequest)",
        ),
    },
    cause="S3 replicates versions: source and destination must both have versioning enabled.",
    fix="Enable versioning on the destination bucket, before replication is configured.",
    evidence=(
        "https://github.com/nozaq/terraform-aws-remote-state-s3-backend/issues/107",
        "https://github.com/terraform-aws-modules/terraform-aws-s3-bucket/issues/172",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html",
    ),
)
