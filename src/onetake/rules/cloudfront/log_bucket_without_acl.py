"""Distribution that logs to a bucket with access control lists turned off.

CloudFront's standard logs (those of a distribution's own logging block) are delivered by way of the bucket's access
control list. New buckets have lists turned off, and the distribution is refused until object ownership is changed; in
Terraform the distribution has to wait for that.

Only buckets that the same program makes are judged.
"""

from collections.abc import Iterator

from onetake.aws.cloudfront import Distribution
from onetake.aws.lookup import companions, target
from onetake.aws.s3 import Bucket, BucketOwnership
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

REFUSED = "The S3 bucket that you specified for CloudFront logs does not enable ACL access: {domain}"
OWNERSHIP_CONTROLS = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}


def check(distribution: Distribution) -> Iterator[Fault]:
    """The ownership of the bucket at the moment when the distribution is created."""
    bucket = target(distribution.log_bucket, distribution.stack, Bucket)
    if bucket is None:
        return
    where = distribution.log_bucket.where
    match bucket.object_ownership:
        case Absent() | Known("BucketOwnerEnforced"):
            cfn = bucket.language is Language.CLOUDFORMATION
            place = bucket.resource.where / "Properties" / "OwnershipControls"
            yield Fault(
                where,
                f"{distribution.address} logs to {bucket.address}, whose access control lists are turned off",
                related=(bucket,),
                edits=(Edit(place, Action.SET, OWNERSHIP_CONTROLS),) if cfn else (),
            )
        case Known():
            control = companions(bucket, BucketOwnership, "bucket").only
            if control is None or surely_before(distribution.stack, control, distribution) is not Truth.NO:
                return
            yield Fault(
                where,
                f"{distribution.address} does not wait for {control.address}, which turns on the lists of its log "
                f"bucket {bucket.address}",
                related=(control, bucket),
                fix=f"Add depends_on = [{control.resource.declaration}] to {distribution.address}.",
            )
        case _:
            return


RULE = Rule(
    name="cloudfront-log-bucket-without-acl",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidArgument: {REFUSED}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            'Resource handler returned message: "Invalid request provided: AWS::CloudFront::Distribution: '
            f'{REFUSED} (Service: CloudFront, Status Code: 400)" (HandlerErrorCode: InvalidRequest)',
        ),
    },
    cause="CloudFront delivers standard logs through the bucket's access control list, which new buckets do not take.",
    fix="Set object ownership BucketOwnerPreferred on the log bucket before the distribution is created.",
    evidence=(
        "https://github.com/c6fc/npk/issues/88",
        "https://github.com/aws-samples/baseline-environment-on-aws/issues/363",
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html",
    ),
)
