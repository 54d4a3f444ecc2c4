"""Trail whose bucket does not let CloudTrail write to it.

CloudTrail needs ``s3:GetBucketAcl`` on the bucket and ``s3:PutObject`` below ``AWSLogs/``, and checks both when the
trail is made. A bucket of another program is not judged, nor one whose policy is not wholly known.
"""

from collections.abc import Iterator

from onetake.aws.cloudtrail import Trail
from onetake.aws.lookup import target
from onetake.aws.s3 import Bucket
from onetake.mechanisms.policies import ANY_TEXT, Service, resource_allows, resource_policy
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Incorrect S3 bucket policy is detected for bucket: {bucket}"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InsufficientS3BucketPolicyException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, f"Invalid request provided: {SAYS}"),
}
WRITER = Service("cloudtrail.amazonaws.com")


def check(trail: Trail) -> Iterator[Fault]:
    """The bucket is one of the program, and its policy surely lacks one of the two permissions."""
    bucket = target(trail.bucket, trail.stack, Bucket)
    if bucket is None:
        return
    if resource_policy(bucket) is None:
        missing = "has no policy"
    elif resource_allows(bucket, WRITER, "s3:GetBucketAcl") is Truth.NO:
        missing = "does not let CloudTrail read its ACL"
    elif resource_allows(bucket, WRITER, "s3:PutObject", resource=(bucket, "/", ANY_TEXT)) is Truth.NO:
        missing = "does not let CloudTrail write"
    else:
        return
    yield Fault(
        trail.bucket,
        f"{trail.address} writes to {bucket.address}, which {missing}",
        related=(bucket,),
        words={"bucket": bucket.name.value} if isinstance(bucket.name, Known) else {},
    )


RULE = Rule(
    name="cloudtrail-bucket-refuses",
    view=Trail,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="CloudTrail writes to the bucket as cloudtrail.amazonaws.com, and only where the bucket's policy allows it.",
    fix="Give cloudtrail.amazonaws.com s3:GetBucketAcl on the bucket and s3:PutObject on AWSLogs/<account>/*, with "
    "s3:x-amz-acl bucket-owner-full-control, before the trail is made.",
    evidence=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        "https://github.com/hashicorp/terraform/issues/6388",
        "https://github.com/aws/aws-cdk/issues/27168",
    ),
)
