"""Resource policies wherever they are written: in the resource, or beside it."""

from __future__ import annotations

from typing import TypeVar, cast

from onetake.aws.logs import ResourcePolicy
from onetake.aws.lookup import companions, identifies, views
from onetake.aws.s3 import Bucket, BucketPolicy
from onetake.aws.secretsmanager import Policy as SecretPolicy
from onetake.aws.secretsmanager import Secret
from onetake.aws.sns import Topic, TopicPolicy
from onetake.aws.sqs import Queue, QueuePolicy
from onetake.aws.view import Items, View
from onetake.mechanisms.policies.conditions import NOTHING, Context
from onetake.mechanisms.policies.documents import Document, merged, read
from onetake.mechanisms.policies.evaluation import Actions, allows
from onetake.mechanisms.policies.names import Subject
from onetake.mechanisms.policies.principals import Principal
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Unknown, Value

V = TypeVar("V", bound=View)
Holder = Bucket | Queue | Topic | Secret
PolicyResource = BucketPolicy | QueuePolicy | TopicPolicy | SecretPolicy


def resource_policy(holder: Holder) -> Document | None:
    """The policy of a bucket, queue, topic or secret; ``None`` when it surely has none."""
    beside = policies_beside(holder)
    documents = [read(holder.written_policy, holder.stack)]
    documents.extend(read(policy.document, holder.stack) for policy in beside)
    if beside.complete and all(document is None for document in documents):
        return None
    return merged(documents, beside.complete, holder.where, holder.stack)


def policies_beside(holder: Holder) -> Items[PolicyResource]:
    """The policies of ``holder`` that are resources of their own: what a dependent has to wait for."""
    match holder:
        case Bucket():
            return bucket_policies(holder)
        case Queue():
            return _listed(holder, QueuePolicy, "queue", "queues")
        case Topic():
            return _listed(holder, TopicPolicy, "topic", "topics")
        case Secret():
            return companions(holder, SecretPolicy, "secret")


def bucket_policies(bucket: Bucket) -> Items[BucketPolicy]:
    """The policies of ``bucket`` that are resources of their own."""
    return bucket.policies


def resource_allows(
    holder: Holder,
    principal: Principal,
    action: Actions,
    *,
    resource: Subject | None = None,
    context: Context = NOTHING,
) -> Truth:
    """Does the policy of ``holder`` let ``principal`` do ``action``? ``resource`` is the holder unless it is given."""
    asked_for = holder if resource is None else resource
    return allows(resource_policy(holder), action, principal=principal, resource=asked_for, context=context)


def log_policies(stack: Stack) -> Document:
    """The program's resource policies of CloudWatch Logs as one; an account may have others from elsewhere."""
    found = views(stack, ResourcePolicy)
    documents = [read(policy.document, stack) for policy in found if policy.exists is not Truth.NO]
    where = found[0].where if found else stack.where
    complete = stack.whole and all(policy.exists is not Truth.UNKNOWN for policy in found)
    return merged(documents, complete, where, stack)


def _listed(holder: View, kind: type[V], single: str, several: str) -> Items[V]:
    """Policies of ``kind`` that name ``holder``, alone or in a list."""
    found: list[V] = []
    complete = holder.stack.whole
    for policy in views(holder.stack, kind):
        if policy.exists is Truth.NO:
            continue
        one = cast("Value[object]", getattr(policy, single))
        answer = Truth.NO if isinstance(one, Absent) else identifies(holder, one)
        match cast("Value[tuple[Value[object], ...]]", getattr(policy, several)):
            case Known(items):
                answers = [identifies(holder, item) for item in items]
            case Unknown(_, _, _, members):
                answers = [Truth.UNKNOWN, *(identifies(holder, item) for item in members)]
            case Absent():
                answers = []
        for other in answers:
            answer = answer | other
        if answer is Truth.YES:
            found.append(policy)
        complete = (
            complete and answer is not Truth.UNKNOWN and not (answer is Truth.YES and policy.exists is not Truth.YES)
        )
    return Items(tuple(found), complete, holder.where)
