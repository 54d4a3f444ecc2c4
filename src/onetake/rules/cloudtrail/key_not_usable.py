"""Trail encrypted with a key that CloudTrail may not use.

The key's policy has to admit cloudtrail.amazonaws.com; the policy that a key gets by default does not. Judged for keys
of the program whose policy is known.
"""

from collections.abc import Iterator

from onetake.aws.cloudtrail import Trail
from onetake.aws.kms import Key
from onetake.aws.lookup import target
from onetake.aws.s3 import Bucket
from onetake.mechanisms.policies import Service, key_allows
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Insufficient permissions to access S3 bucket {bucket} or KMS key {key}"
WRITER = Service("cloudtrail.amazonaws.com")


def check(trail: Trail) -> Iterator[Fault]:
    """CloudTrail may surely not make data keys with the key."""
    key = target(trail.key, trail.stack, Key)
    if key is None or key_allows(key, WRITER, ("kms:GenerateDataKey",)) is not Truth.NO:
        return
    bucket = target(trail.bucket, trail.stack, Bucket)
    named = trail.bucket if bucket is None else bucket.name
    words = {"key": "arn:aws:kms:<region>:<account>:key/<id>"}
    yield Fault(
        trail.key,
        f"{trail.address} uses {key.address}, whose policy does not let CloudTrail use it",
        related=(key,),
        words=words | ({"bucket": named.value} if isinstance(named, Known) else {}),
    )


RULE = Rule(
    name="cloudtrail-key-not-usable",
    view=Trail,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InsufficientEncryptionPolicyException: {SAYS}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, f"Invalid request provided: {SAYS} (Service: CloudTrail, Status Code: 400)"
        ),
    },
    cause="CloudTrail makes data keys as cloudtrail.amazonaws.com, which the key policy has to allow.",
    fix="Allow cloudtrail.amazonaws.com kms:GenerateDataKey* and kms:DescribeKey in the key's policy, on the condition "
    "that aws:SourceArn is the trail.",
    evidence=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html",
        "https://github.com/trussworks/terraform-aws-cloudtrail/issues/186",
        "https://github.com/aws/aws-cdk/issues/23391",
    ),
)
