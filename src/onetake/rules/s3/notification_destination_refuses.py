"""Bucket that is to notify a function, queue or topic which does not let S3 in.

S3 tries every destination when notifications are configured, and refuses the configuration if one does not accept:
a function needs a permission for ``s3.amazonaws.com``, a queue or topic a policy. What lets S3 in must be there before
the notifications are configured, or, in CloudFormation, before the bucket is created.

Only destinations that the same program makes are judged, and only as far as their policies are known.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function, Permission
from onetake.aws.lookup import identifies, target, view, views
from onetake.aws.s3 import Bucket, BucketNotification
from onetake.aws.sns import Topic
from onetake.aws.sqs import Queue
from onetake.aws.view import View
from onetake.mechanisms.ordering import Race, race, surely_before
from onetake.mechanisms.policies import Service, policies_beside, resource_allows
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known, Span, Value
from onetake.rules.rule import Answer, Fault, Rule

S3 = "s3.amazonaws.com"
REFUSED = "Unable to validate the following destination configurations"


class Notifying(View):
    """What sends the notification configuration to S3."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_notification", Language.CLOUDFORMATION: "AWS::S3::Bucket"}


def check(source: Notifying) -> Iterator[Fault]:
    """Every destination of the configuration that this program makes."""
    for notification in _notifications(source):
        for function in notification.functions:
            yield from _function(source, function.target)
        for queue in notification.queues:
            yield from _holder(source, target(queue.target, source.stack, Queue), queue.target.where)
        for topic in notification.topics:
            yield from _holder(source, target(topic.target, source.stack, Topic), topic.target.where)


def _notifications(source: Notifying) -> Iterator[BucketNotification]:
    if source.language is Language.TERRAFORM:
        yield view(source.resource, source.stack, BucketNotification)
    else:
        yield from view(source.resource, source.stack, Bucket).notifications


def _function(source: Notifying, value: Value[str]) -> Iterator[Fault]:
    function = target(value, source.stack, Function)
    if function is None or not source.stack.whole:
        return
    late: list[Permission] = []
    for permission in views(source.stack, Permission):
        answer = identifies(function, permission.function)
        if answer is Truth.NO or not _may_be_for_s3(permission):
            continue
        if answer is Truth.UNKNOWN or surely_before(source.stack, permission, source) is not Truth.NO:
            return
        late.append(permission)
    if not late:
        message = f"{source.address} notifies {function.address}, which no permission lets {S3} invoke"
        yield Fault(value.where, message, related=(function,))
    else:
        one = next((permission for permission in late if _race(source, permission)), late[-1])
        message = f"{source.address} notifies {function.address}, but does not wait for {one.address}"
        yield Fault(value.where, message, related=(one, function), fix=_wait(source, one), condition=_race(source, one))


def _may_be_for_s3(permission: Permission) -> bool:
    match permission.principal:
        case Known(principal):
            return principal in (S3, "*")
        case _:
            return True


def _holder(source: Notifying, holder: Queue | Topic | None, where: Span) -> Iterator[Fault]:
    if holder is None:
        return
    action = "sqs:SendMessage" if isinstance(holder, Queue) else "sns:Publish"
    match resource_allows(holder, Service(S3), action):
        case Truth.NO:
            message = f"{source.address} notifies {holder.address}, whose policy does not let {S3} in"
            yield Fault(where, message, related=(holder,))
        case Truth.YES | Truth.UNKNOWN:
            policy = policies_beside(holder).only if isinstance(holder.written_policy, Absent) else None
            if policy is not None and surely_before(source.stack, policy, source) is Truth.NO:
                message = f"{source.address} notifies {holder.address}, but does not wait for {policy.address}"
                fix, open_ = _wait(source, policy), _race(source, policy)
                yield Fault(where, message, related=(policy, holder), fix=fix, condition=open_)


def _race(source: Notifying, other: View) -> str:
    """Started side by side either may win; a template of AWS that many have deployed rests on it.

    It is tests/smoke/templates/sar/api-gateway-dev-portal-template.yaml of https://github.com/aws/aws-sam-cli.
    """
    if surely_before(source.stack, source, other) is Truth.YES or race(source.stack, source, other) is Race.LOST:
        return ""
    return f"Is {other.address} made before S3 tries the destination? Nothing orders the two."


def _wait(source: Notifying, earlier: View) -> str:
    name = "depends_on" if source.language is Language.TERRAFORM else "DependsOn"
    return f"Add {earlier.resource.declaration} to {name} of {source.address}."


RULE = Rule(
    name="s3-notification-destination-refuses",
    view=Notifying,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidArgument: {REFUSED}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, REFUSED),
    },
    cause="S3 tries the destinations when notifications are configured, and refuses all if one does not let it in.",
    fix="Let s3.amazonaws.com in (a permission of the function, the policy of the queue or topic) before "
    "notifications are configured.",
    evidence=(
        "https://github.com/hashicorp/terraform/issues/19756",
        "https://github.com/hashicorp/terraform-provider-aws/issues/11219",
        "https://github.com/serverless/serverless/issues/12361",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html",
    ),
)
