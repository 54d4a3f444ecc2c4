"""Trail that does not wait for the policy of its bucket.

The trail names the bucket only, so the policy that lets CloudTrail write may come later; then CloudTrail refuses.
"""

from collections.abc import Iterator

from onetake.aws.cloudtrail import Trail
from onetake.aws.lookup import target
from onetake.aws.s3 import Bucket
from onetake.mechanisms.ordering import surely_before
from onetake.mechanisms.policies import bucket_policies, resource_allows
from onetake.model.findings import Severity
from onetake.model.language import Truth
from onetake.model.values import Absent, Known
from onetake.rules.cloudtrail.bucket_refuses import ANSWERS, WRITER
from onetake.rules.rule import Fault, Rule


def check(trail: Trail) -> Iterator[Fault]:
    """The bucket has one policy of its own, and nothing orders the trail after it."""
    bucket = target(trail.bucket, trail.stack, Bucket)
    policy = bucket_policies(bucket).only if bucket is not None else None
    if bucket is None or policy is None or not isinstance(bucket.written_policy, Absent):
        return
    if resource_allows(bucket, WRITER, "s3:GetBucketAcl") is Truth.NO:
        return  # that is another fault
    if surely_before(trail.stack, policy, trail) is Truth.NO:
        yield Fault(
            trail.bucket,
            f"{trail.address} does not wait for {policy.address}, which lets CloudTrail write to {bucket.address}",
            related=(policy, bucket),
            words={"bucket": bucket.name.value} if isinstance(bucket.name, Known) else {},
        )


RULE = Rule(
    name="cloudtrail-before-bucket-policy",
    view=Trail,
    check=check,
    severity=Severity.HIGH,
    answers=ANSWERS,
    cause="A trail refers to its bucket only, so nothing makes it wait for the bucket's policy.",
    fix="Make the trail depend on the bucket's policy.",
    evidence=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        "https://github.com/hashicorp/terraform/issues/6388",
        "https://github.com/boto/boto3/issues/1766",
    ),
)
