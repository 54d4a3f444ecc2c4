"""What a role may do, who may assume it, and which declarations give it its permissions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, cast

from onetake.aws.iam import (
    Attachment,
    ExclusiveAttachments,
    Policy,
    PolicyLookup,
    Role,
    RolePolicy,
    SharedAttachment,
    SharedPolicy,
)
from onetake.aws.lookup import companions, identifies, target, views
from onetake.aws.view import Items, View
from onetake.knowledge.managed_policies import PREFIX, path_of, statements
from onetake.mechanisms.policies.conditions import NOTHING, Context
from onetake.mechanisms.policies.documents import Document, merged, read
from onetake.mechanisms.policies.evaluation import Actions, allows
from onetake.mechanisms.policies.names import Subject, spelled
from onetake.mechanisms.policies.principals import Federated, Principal, Service
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Unknown, Value, origin

V = TypeVar("V", bound=View)


@record
class Grant:
    """One policy of a role: the declaration that gives it, and what it says."""

    by: View
    """The attachment or policy resource; the role itself for what is written inside it."""
    document: Document


def role_allows(role: Role, action: Actions, *, resource: Subject | None = None, context: Context = NOTHING) -> Truth:
    """May ``role`` do ``action`` (each of them) on ``resource`` (``None``: on anything, ``"*"``: on everything)?"""
    answer = allows(permissions(role), action, resource=resource, context=context)
    if answer is Truth.YES and not isinstance(role.permissions_boundary, Absent):
        return Truth.UNKNOWN
    return answer


def permissions(role: Role) -> Document:
    """All policies of ``role`` as one document; incomplete when there may be more than is known."""
    grants, complete = _grants(role)
    return merged((grant.document for grant in grants), complete, role.where, role.stack)


def grants(
    role: Role, action: Actions | None = None, *, resource: Subject | None = None, context: Context = NOTHING
) -> Items[View]:
    """The declarations that give ``role`` its permissions, or only those that surely allow ``action``.

    What must exist before the role can be used: ask whether a resource is ordered after them. The role itself
    stands for the policies written inside it. Incomplete when there may be others.
    """
    found, complete = _grants(role)
    known: dict[str, View] = {}
    for grant in found:
        if action is None or allows(grant.document, action, resource=resource, context=context) is Truth.YES:
            known[grant.by.address] = grant.by
        elif action is not None and not grant.document.complete:
            complete = False
    return Items(tuple(known.values()), complete, role.where)


def trusts(role: Role, principal: Principal | str, *, action: str | None = None, context: Context = NOTHING) -> Truth:
    """May ``principal`` (a service's name, or a principal) assume ``role``?"""
    who = Service(principal) if isinstance(principal, str) else principal
    if action is None:
        action = "sts:AssumeRoleWithWebIdentity" if isinstance(who, Federated) else "sts:AssumeRole"
    return allows(trust_policy(role), action, principal=who, context=context)


def trust_policy(role: Role) -> Document | None:
    """Who may assume ``role``, as a document."""
    return read(role.trust, role.stack)


def managed_policy(arn: Value[str], stack: Stack) -> Document:
    """The policy that an ARN means: one of this stack, or one of AWS's; incomplete when it is not known."""
    own = target(arn, stack, Policy)
    if own is not None:
        return read(own.document, stack) or Document((), True, own.where, stack)
    name = managed_policy_name(arn, stack)
    found = None if name is None else statements(name.rsplit("/", 1)[-1])
    # A wrong path names no policy at all; that is a fault of its own, and not judged here.
    if name is None or found is None or path_of(name.rsplit("/", 1)[-1]) != f"{name.rsplit('/', 1)[0]}/":
        return Document((), False, arn.where, stack)
    body: Value[object] = Known({"Statement": _plain(found, arn)}, arn.where)
    return read(body, stack) or Document((), False, arn.where, stack)


def managed_policy_name(arn: Value[str], stack: Stack) -> str | None:
    """Path and name (``/service-role/AWSLambdaRole``) of the AWS managed policy that ``arn`` means, if it is one."""
    lookup = stack.at(origin(arn))
    if lookup is not None and lookup.type in PolicyLookup.types():
        named = lookup.argument("name")
        if isinstance(named, Known):
            path = path_of(str(named.value))
            return None if path is None else f"{path}{named.value}"
        return managed_policy_name(cast("Value[str]", lookup.argument("arn")), stack)
    match spelled(arn, stack):
        case (str() as whole,):
            _, found, name = whole.partition(PREFIX)
            return name if found and name.startswith("/") else None
        case (*_, str() as tail) if PREFIX in tail:
            return tail.partition(PREFIX)[2]
        case _:
            return None


def _plain(data: object, arn: Value[str]) -> Value[object]:
    """JSON data as values that all lie where the ARN is written."""
    if isinstance(data, dict):
        return Known({key: _plain(inner, arn) for key, inner in data.items()}, arn.where)
    if isinstance(data, list):
        return Known(tuple(_plain(item, arn) for item in data), arn.where)
    return Known(data, arn.where)


def _grants(role: Role) -> tuple[tuple[Grant, ...], bool]:
    key = (_grants, role.address)
    found = role.stack.memo.get(key)
    if found is None:
        collected = _Collected(role)
        found = role.stack.memo[key] = (tuple(collected.found), collected.complete)
    return cast("tuple[tuple[Grant, ...], bool]", found)


class _Collected:
    """The policies of one role, from all the places where one can be given."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.stack = role.stack
        self.found: list[Grant] = []
        self.complete = True
        self._inside()
        self._own_resources()
        self._attachments()
        self._named_roles()

    def _add(self, by: View, document: Value[object]) -> None:
        read_document = read(document, self.stack)
        if read_document is not None:
            self.found.append(Grant(by, read_document))

    def _inside(self) -> None:
        inline = self.role.inline_policies
        self.complete = self.complete and inline.complete
        for policy in inline:
            self._add(self.role, policy.document)
        self._attach(self.role, self.role.managed_policy_arns)

    def _own_resources(self) -> None:
        own = companions(self.role, RolePolicy, "role")
        self.complete = self.complete and own.complete
        for policy in own:
            self._add(policy, policy.document)

    def _attachments(self) -> None:
        for attachment in self._beside(companions(self.role, Attachment, "role")):
            self.found.append(Grant(attachment, managed_policy(attachment.policy_arn, self.stack)))
        for exclusive in self._beside(companions(self.role, ExclusiveAttachments, "role")):
            self._attach(exclusive, exclusive.policy_arns)
        for shared in views(self.stack, SharedAttachment):
            if self._among(shared, shared.roles):
                self.found.append(Grant(shared, managed_policy(shared.policy_arn, self.stack)))

    def _beside(self, items: Items[V]) -> Iterator[V]:
        self.complete = self.complete and items.complete
        yield from items

    def _named_roles(self) -> None:
        for shared in views(self.stack, SharedPolicy):
            if self._among(shared, shared.roles):
                self._add(shared, shared.document)
        for managed in views(self.stack, Policy):
            if self._among(managed, managed.roles):
                self._add(managed, managed.document)

    def _attach(self, by: View, arns: Value[tuple[Value[str], ...]]) -> None:
        match arns:
            case Known(items):
                listed = items
            case Unknown(_, _, _, members):
                listed = cast("tuple[Value[str], ...]", members)
                self.complete = False
            case Absent():
                return
        self.found.extend(Grant(by, managed_policy(arn, self.stack)) for arn in listed if not isinstance(arn, Absent))

    def _among(self, by: View, roles: Value[tuple[Value[str], ...]]) -> bool:
        """Is the role in the list that ``by`` gives its policy to?"""
        if by.exists is Truth.NO or isinstance(roles, Absent):
            return False
        listed = roles.value if isinstance(roles, Known) else roles.members
        answers = [identifies(self.role, role) for role in listed if not isinstance(role, Absent)]
        named = Truth.YES in answers
        uncertain = Truth.UNKNOWN in answers or not isinstance(roles, Known) or by.exists is not Truth.YES
        if uncertain and not (named and by.exists is Truth.YES):
            self.complete = False
        return named
