"""Access control list on a bucket that has access control lists turned off.

Since April 2023 a new bucket belongs to its owner alone (``BucketOwnerEnforced``): S3 refuses to set a list on it
until its object ownership is changed, and in Terraform the change has to come first.

A bucket whose ownership cannot be told is left alone, and so are lists that CloudFormation sends with a new
bucket without giving anything away (``Private``, ``BucketOwnerFullControl``): S3 takes those.
"""

from collections.abc import Iterator

from onetake.aws.lookup import companions, target, view
from onetake.aws.s3 import Bucket, BucketAcl, BucketOwnership
from onetake.aws.view import View
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

ENFORCED = "BucketOwnerEnforced"
REFUSED_AT_CREATION = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
OPEN = frozenset(
    {"PublicRead", "PublicReadWrite", "AuthenticatedRead", "LogDeliveryWrite", "AwsExecRead"}
    | {"public-read", "public-read-write", "authenticated-read", "log-delivery-write", "aws-exec-read"}
)
"""The canned lists that let anybody but the bucket's owner in."""
OWNERSHIP_CONTROLS = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}


class AclSetter(View):
    """What sets a list: the bucket itself, or a resource beside it."""

    KINDS = {
        Language.TERRAFORM: ("aws_s3_bucket", "aws_s3_bucket_acl"),
        Language.CLOUDFORMATION: "AWS::S3::Bucket",
    }


def check(setter: AclSetter) -> Iterator[Fault]:
    """The list written in a bucket, or in a resource beside one of this program."""
    if setter.resource.type != "aws_s3_bucket_acl":
        yield from _inside(view(setter.resource, setter.stack, Bucket))
        return
    acl = view(setter.resource, setter.stack, BucketAcl)
    bucket = target(acl.bucket, acl.stack, Bucket)
    if bucket is not None:
        yield from _beside(bucket, acl)


def _inside(bucket: Bucket) -> Iterator[Fault]:
    """The list goes with the request that creates the bucket: only what that request says of ownership counts."""
    match bucket.written_acl, bucket.inline_ownership:
        case Known(acl, where), (Absent() | Known("BucketOwnerEnforced")) if acl in OPEN:
            cfn = bucket.language is Language.CLOUDFORMATION
            edit = Edit(bucket.where / "Properties" / "OwnershipControls", Action.SET, OWNERSHIP_CONTROLS)
            yield Fault(
                where,
                f"{bucket.address} is created with the list {acl} while its ownership is {ENFORCED}",
                words={"refusal": REFUSED_AT_CREATION},
                fix="" if cfn else INLINE_FIX,
                edits=(edit,) if cfn else (),
            )


def _beside(bucket: Bucket, acl: BucketAcl) -> Iterator[Fault]:
    words = {"refusal": "AccessControlListNotSupported: The bucket does not allow ACLs"}
    controls = companions(bucket, BucketOwnership, "bucket")
    if controls.surely_empty:
        message = f"{acl.address} sets a list on {bucket.address}, whose ownership is {ENFORCED} by default"
        yield Fault(acl, message, related=(bucket,), words=words)
        return
    control = controls.only
    if control is None:
        return
    match control.ownership:
        case Known("BucketOwnerEnforced", where):
            message = f"{acl.address} sets a list on {bucket.address}, whose ownership is {ENFORCED}"
            yield Fault(where, message, related=(bucket, control), words=words)
        case _ if surely_before(bucket.stack, control, acl) is Truth.NO:
            message = f"{acl.address} does not wait for {control.address}, which allows lists on {bucket.address}"
            yield Fault(acl, message, related=(control, bucket), words=words, fix=_waiting(acl, control))


def _waiting(acl: BucketAcl, control: BucketOwnership) -> str:
    fix = f"Add depends_on = [{control.resource.declaration}] to {acl.address}"
    if surely_before(acl.stack, acl, control) is Truth.NO:
        return f"{fix}."
    return f"{fix}, and let {control.address} take its bucket from the bucket itself."


INLINE_FIX = (
    "Remove acl from the bucket; add aws_s3_bucket_ownership_controls and an aws_s3_bucket_acl that depends on it."
)
RULE = Rule(
    name="s3-acl-with-default-ownership",
    view=AclSetter,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, "{refusal}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            f"{REFUSED_AT_CREATION} "
            "(Service: Amazon S3; Status Code: 400; Error Code: InvalidBucketAclWithObjectOwnership)",
        ),
    },
    cause="New buckets have access control lists disabled (BucketOwnerEnforced); S3 refuses lists on such a bucket.",
    fix="Drop the list, or set object ownership to ObjectWriter or BucketOwnerPreferred before it is applied.",
    evidence=(
        "https://github.com/hashicorp/terraform-provider-aws/issues/34079",
        "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1606",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
    ),
    covers=("cfn-s3-acl-without-ownership",),
)
