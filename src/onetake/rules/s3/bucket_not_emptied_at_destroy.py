"""Bucket of a short-lived environment that nothing empties before it is deleted.

S3 deletes only empty buckets. A test environment is made and destroyed all day, and a bucket that the program has put
objects into keeps it from being destroyed.

Judged are buckets of a program that says it is not production, and buckets of a template that asks for their
deletion (``DeletionPolicy: Delete``) unless it says it is production. Whether they will hold objects is a question,
unless the program itself puts some in. Silent where Terraform has ``force_destroy`` or ``prevent_destroy``, where a
custom resource or script of the program may empty the bucket, and on buckets for logs, which have their own rule.
"""

from collections.abc import Iterator

from onetake.aws.s3 import Bucket
from onetake.mechanisms.environment import is_production
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule
from onetake.rules.s3._destruction import PUTTING, asked_to_delete, deleted_unemptied, log_writers

QUESTION = "Will {bucket} hold objects when the program is destroyed?"


def check(bucket: Bucket) -> Iterator[Fault]:
    """A bucket that is surely deleted as it is, outside production."""
    production = is_production(bucket.stack)
    if production is Truth.YES or (production is Truth.UNKNOWN and not asked_to_delete(bucket)):
        return
    if bucket.address in log_writers(bucket.stack) or deleted_unemptied(bucket) is not Truth.YES:
        return
    terraform = bucket.language is Language.TERRAFORM
    yield Fault(
        bucket,
        f"{bucket.address} is deleted with its program, but nothing empties it first",
        condition="" if _filled(bucket) else QUESTION.format(bucket=bucket.address),
        fix="Set force_destroy = true." if terraform else "Let a custom resource empty it (CDK: autoDeleteObjects).",
        edits=(Edit(bucket.where / "force_destroy", Action.SET, True),) if terraform else (),
    )


def _filled(bucket: Bucket) -> bool:
    """Whether a CDK deployment of the program puts objects there that outlive it; Terraform's own objects go first."""
    own = bucket.resource.declaration
    deployments = bucket.stack.by_type.get(PUTTING, ())
    return any(own in resource.references() and resource.exists is Truth.YES for resource in deployments)


RULE = Rule(
    name="s3-bucket-not-emptied-at-destroy",
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
    cause="S3 does not delete a bucket that holds objects.",
    fix="Let the bucket be emptied when the program is destroyed.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#force_destroy",
        "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html#autodeleteobjects",
    ),
)
