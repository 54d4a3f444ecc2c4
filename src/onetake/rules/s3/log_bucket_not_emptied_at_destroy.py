"""Bucket that gets logs and goes with its program, while nothing empties it.

S3 deletes only empty buckets. A bucket that a load balancer, distribution, flow log or another bucket writes its logs
into is never empty (a load balancer puts a test file there at once), so destroying the program stops at it.

Silent in production, where logs are meant to stay; where Terraform has ``force_destroy`` or ``prevent_destroy``, or
the template another ``DeletionPolicy``; and where a custom resource or script of the program may empty the bucket.
"""

from collections.abc import Iterator

from onetake.aws.s3 import Bucket
from onetake.mechanisms.environment import is_production
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.s3._destruction import deleted_unemptied, log_writers


def check(bucket: Bucket) -> Iterator[Fault]:
    """A bucket with a writer, deleted as it is."""
    writer = log_writers(bucket.stack).get(bucket.address)
    if writer is None or is_production(bucket.stack) is Truth.YES:
        return
    if deleted_unemptied(bucket) is not Truth.YES:
        return
    where = bucket.resource.where
    if bucket.language is Language.TERRAFORM:
        fix = f"Set force_destroy = true on {bucket.address}."
        edits: tuple[Edit, ...] = (Edit(where / "force_destroy", Action.SET, True),)
    else:
        fix = "Set DeletionPolicy: Retain (and UpdateReplacePolicy: Retain) on the log bucket."
        edits = tuple(Edit(where / key, Action.SET, "Retain") for key in ("DeletionPolicy", "UpdateReplacePolicy"))
    message = f"{bucket.address} gets the logs of {writer.address}; nothing empties it before it is deleted"
    yield Fault(bucket, message, related=(writer,), fix=fix, edits=edits)


RULE = Rule(
    name="s3-log-bucket-not-emptied-at-destroy",
    view=Bucket,
    check=check,
    severity=Severity.MEDIUM,
    answers={
        Language.TERRAFORM: Answer(Stage.DESTROY, "BucketNotEmpty: The bucket you tried to delete is not empty"),
        Language.CLOUDFORMATION: Answer(
            Stage.DESTROY,
            "The bucket you tried to delete is not empty "
            "(Service: Amazon S3; Status Code: 409; Error Code: BucketNotEmpty)",
        ),
    },
    cause="S3 does not delete a bucket that holds objects, and log delivery keeps putting objects into this one.",
    fix="Let the log bucket be emptied or kept when the program is destroyed.",
    evidence=(
        "https://github.com/aws-games/cloud-game-development-toolkit/pull/448",
        "https://github.com/aws/aws-cdk/issues/21776",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
    ),
)
