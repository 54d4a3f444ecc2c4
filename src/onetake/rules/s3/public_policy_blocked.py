"""Public bucket policy that S3's block on public access refuses.

A new bucket blocks public policies unless ``BlockPublicPolicy`` is turned off for it; in Terraform it has to be off
before the policy is put, so the policy must wait for the resource that turns it off.

A policy is public as the documentation of the block defines it. Policies that are known only in part, buckets that
the program does not make, and a block on the whole account are not judged.
"""

from collections.abc import Iterator

from onetake.aws.lookup import target
from onetake.aws.s3 import Bucket, BucketPolicy
from onetake.mechanisms.ordering import surely_before
from onetake.mechanisms.policies import is_public, opening, read
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known, Span
from onetake.rules.rule import Answer, Fault, Rule


def check(policy: BucketPolicy) -> Iterator[Fault]:
    """A policy that is surely public, on a bucket whose block is surely on."""
    bucket = target(policy.bucket, policy.stack, Bucket)
    document = read(policy.document, policy.stack)
    if bucket is None or is_public(document) is not Truth.YES:
        return
    where = next((statement.where for statement in opening(document)), policy.where)
    yield from _refused(policy, bucket, where)


def _refused(policy: BucketPolicy, bucket: Bucket, where: Span) -> Iterator[Fault]:
    blocks = bucket.public_access_block
    if blocks.surely_empty:
        message = f"{policy.address} is public, and {bucket.address} blocks public policies by default"
        yield Fault(where, message, related=(bucket,))
        return
    block = blocks.only
    if block is None:
        return
    match block.block_public_policy:
        case Known(True):
            message = f"{policy.address} is public, and {block.address} blocks public policies"
            yield Fault(where, message, related=(bucket, block))
        case Known(False) if bucket.language is Language.TERRAFORM:
            if surely_before(policy.stack, block, policy) is Truth.NO:
                yield Fault(
                    where,
                    f"{policy.address} is public and does not wait for {block.address}, which lets it be",
                    related=(block, bucket),
                    fix=f"Add depends_on = [{block.resource.declaration}] to {policy.address}.",
                )
        case _:
            return


RULE = Rule(
    name="s3-public-policy-blocked",
    view=BucketPolicy,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, "Error putting S3 policy: AccessDenied: Access Denied"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, "API: s3:PutBucketPolicy Access Denied"),
    },
    cause="New buckets block public access; while BlockPublicPolicy is on, S3 refuses public policies.",
    fix="Name who may read in the policy (CloudFront with origin access control), or turn block_public_policy off "
    "for this bucket before the policy is put.",
    evidence=(
        "https://github.com/riboseinc/terraform-aws-s3-cloudfront-website/issues/44",
        "https://github.com/aws-samples/aws-cdk-examples/issues/919",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    ),
)
