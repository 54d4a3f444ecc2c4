"""Bucket that a plan deletes or replaces as it is, though it may hold objects.

S3 deletes only empty buckets. The provider empties one first where the state has ``force_destroy = true``; that the
same plan sets it comes too late.

Judged on plans, whose prior state tells what was applied. Whether the bucket holds objects, it does not tell: this is
a question.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Bucket(View):
    """A bucket, as far as its deletion goes."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket"}

    emptied = Attribute(bool, tf="force_destroy", cfn=None, default=False)


def check(bucket: Bucket) -> Iterator[Fault]:
    """Nothing empties it before it goes."""
    match bucket.emptied:
        case Known(False) if removed(bucket):
            yield Fault(
                bucket,
                f"{bucket.address} {fate(bucket)}, and nothing empties it first{forced(bucket)}",
                condition=f"Does {bucket.address} hold objects?",
            )


RULE = Rule(
    name="s3-bucket-removed-with-objects",
    view=Bucket,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.DESTROY, "BucketNotEmpty: The bucket you tried to delete is not empty"),
    },
    deployed=True,
    cause="S3 does not delete a bucket that holds objects, and the provider reads force_destroy from the state.",
    fix="Empty the bucket, or apply force_destroy = true first and delete the bucket with the next plan.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#force_destroy",
    ),
)
