"""What happens to a bucket when its program is destroyed, and who writes logs into it: for the rules about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from onetake.aws.cloudfront import Distribution
from onetake.aws.ec2.logs import FlowLog
from onetake.aws.elb import LoadBalancer
from onetake.aws.lookup import target, views
from onetake.aws.s3 import Bucket
from onetake.aws.view import View
from onetake.model.language import Language, Truth
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Unknown, Value

NOT_EMPTYING = frozenset({"Custom::S3BucketNotifications"})
"""Custom resources that surely leave a bucket's objects alone."""
PUTTING = "Custom::CDKBucketDeployment"


def deleted_unemptied(bucket: Bucket) -> Truth:
    """Is the bucket deleted with the program, without anything that deletes its objects first?"""
    if bucket.language is Language.TERRAFORM:
        return _terraform(bucket)
    match bucket.resource.settings.get("DeletionPolicy"):
        case None | Absent() | Known("Delete"):
            return Truth.NO if _emptied(bucket) else Truth.YES
        case Known():
            return Truth.NO
        case _:
            return Truth.UNKNOWN


def asked_to_delete(bucket: Bucket) -> bool:
    """Whether a template says in so many words that the bucket goes with the stack."""
    match bucket.resource.settings.get("DeletionPolicy"):
        case Known("Delete"):
            return True
        case _:
            return False


def _terraform(bucket: Bucket) -> Truth:
    match bucket.resource.settings.get("lifecycle"):
        case Known(Mapping() as lifecycle) if not isinstance(lifecycle.get("prevent_destroy"), (Absent, type(None))):
            return Truth.NO
        case Known((Known(Mapping() as lifecycle),)) if "prevent_destroy" in lifecycle:
            return Truth.NO
        case Unknown():
            return Truth.UNKNOWN  # a plan does not hold it
        case _:
            pass
    match bucket.force_destroy:
        case Known(False):
            return Truth.NO if _emptied(bucket) else Truth.YES
        case Known(True):
            return Truth.NO
        case _:
            return Truth.UNKNOWN


def _emptied(bucket: Bucket) -> bool:
    """Whether something of the program may empty the bucket: a custom resource, a script."""
    own = bucket.resource.declaration
    for resource in bucket.stack.resources.values():
        custom = resource.type.startswith("Custom::") or resource.type == "AWS::CloudFormation::CustomResource"
        if not custom and resource.type not in ("null_resource", "terraform_data"):
            continue
        if own in resource.references() and not _leaves_objects(resource.type, resource.arguments):
            return True
    return False


def _leaves_objects(kind: str, arguments: Mapping[str, Value[object]]) -> bool:
    if kind == PUTTING:
        return not isinstance(arguments.get("RetainOnDelete"), Known)
    return kind in NOT_EMPTYING


def log_writers(stack: Stack) -> Mapping[str, View]:
    """What writes logs into each bucket of the program, by the address of the bucket."""
    found = stack.memo.get(log_writers)
    if found is None:
        pairs = ((bucket.address, writer) for writer, bucket in _written(stack) if writer.exists is Truth.YES)
        found = stack.memo[log_writers] = dict(pairs)
    return cast("Mapping[str, View]", found)


def _written(stack: Stack) -> Iterator[tuple[View, Bucket]]:
    for writer, value in _destinations(stack):
        bucket = target(value, stack, Bucket)
        if bucket is not None:
            yield writer, bucket


def _destinations(stack: Stack) -> Iterator[tuple[View, Value[str]]]:
    for source in views(stack, Bucket):
        yield source, source.log_bucket
    for distribution in views(stack, Distribution):
        yield distribution, distribution.log_bucket
    for balancer in views(stack, LoadBalancer):
        if isinstance(balancer.access_logs_enabled, Known) and balancer.access_logs_enabled.value:
            yield balancer, balancer.access_logs_bucket
    for log in views(stack, FlowLog):
        if isinstance(log.destination_type, Known) and log.destination_type.value == "s3":
            yield log, log.destination
