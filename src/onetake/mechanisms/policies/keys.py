"""KMS keys: who may use them, and whether their policy can still be changed."""

from __future__ import annotations

from onetake.aws.iam import Role
from onetake.aws.kms import Grant, Key, ReplicaKey
from onetake.aws.lookup import companions, views
from onetake.mechanisms.policies.conditions import NOTHING, Context, hold
from onetake.mechanisms.policies.documents import Document, Grantee, Principals, Statement, read
from onetake.mechanisms.policies.evaluation import Actions, acts, allows, effect
from onetake.mechanisms.policies.matching import covers
from onetake.mechanisms.policies.names import ACCOUNT, asked, spelled
from onetake.mechanisms.policies.principals import Account, Identity, Principal, Service
from onetake.mechanisms.policies.roles import role_allows
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Part, Span, Unknown, Value

AnyKey = Key | ReplicaKey


def key_policy(key: AnyKey) -> Document:
    """The key's policy; without one AWS gives the default, which leaves everything to the account's IAM policies."""
    return read(key.policy, key.stack) or _default(key.where, key.stack)


def has_default_policy(key: AnyKey) -> Truth:
    """Does the key surely get the default policy, because none is written?"""
    match key.policy:
        case Absent():
            return Truth.YES
        case Unknown(_, _, (), _, None):
            return Truth.UNKNOWN
        case _:
            return Truth.NO


def key_allows(key: AnyKey, principal: Principal, actions: Actions, *, context: Context = NOTHING) -> Truth:
    """May ``principal`` do ``actions`` with ``key``: by its policy, a grant, or the account's IAM policies?"""
    answer = Truth.YES
    for action in (actions,) if isinstance(actions, str) else actions:
        answer = answer & _key_allows(key, principal, action, context)
    return answer


def locks_out(key: AnyKey) -> Truth:
    """Would KMS refuse the policy because whoever puts it could not change it again?

    The one who deploys is not known, but is no service, and no role that is only made in the same deployment.
    """
    match key.bypass_lockout_check:
        case Known(False):
            pass
        case Known():
            return Truth.NO
        case _:
            return Truth.UNKNOWN
    document = key_policy(key)
    if document.problem:
        return Truth.UNKNOWN
    answer = Truth.NO if document.complete else Truth.UNKNOWN
    for statement in document.statements:
        may = effect(statement, "Allow") & acts(statement, "kms:PutKeyPolicy")
        if may is not Truth.NO:
            may = may & _deployer(statement, key.stack) & hold(statement, {}, key.stack)
        answer = answer | may
    return ~answer


def _key_allows(key: AnyKey, principal: Principal, action: str, context: Context) -> Truth:
    document = key_policy(key)
    direct = allows(document, action, principal=principal, resource=key, context=context)
    if direct is Truth.YES:
        return direct
    granted = _granted(key, principal, action)
    if not isinstance(principal, Identity):
        return direct | granted
    through_iam = allows(document, action, principal=Account(), resource=key, context=context)
    role = principal.of
    if isinstance(role, Role):
        through_iam = through_iam & role_allows(role, action, resource=key, context=context)
    else:
        through_iam = through_iam & Truth.UNKNOWN
    if direct is Truth.UNKNOWN and _only_through_root(document, principal, key, action, context):
        direct = Truth.NO
    return direct | granted | through_iam


def _only_through_root(document: Document, principal: Identity, key: AnyKey, action: str, context: Context) -> bool:
    """Is what is unknown about ``principal`` nothing but the account's root, for which IAM policies answer?"""
    others = tuple(statement for statement in document.statements if not _names_only_root(statement, key.stack))
    rest = Document(others, document.complete, document.where, document.stack)
    return allows(rest, action, principal=principal, resource=key, context=context) is Truth.NO


def _names_only_root(statement: Statement, stack: Stack) -> bool:
    who = statement.principals
    allowing = effect(statement, "Allow") is Truth.YES and who.written and who.complete
    return allowing and all(_is_root(grantee, stack) is Truth.YES for grantee in who.items)


def _is_root(grantee: Grantee, stack: Stack) -> Truth:
    if grantee.kind != "AWS":
        return Truth.NO
    written = spelled(grantee.value, stack)
    answer = covers(written, (ACCOUNT,), wildcards=False)
    for partition in ("aws", "aws-cn", "aws-us-gov"):
        answer = answer | covers(written, (f"arn:{partition}:iam::", ACCOUNT, ":root"), wildcards=False)
    return answer


def _granted(key: AnyKey, principal: Principal, action: str) -> Truth:
    """Does a KMS grant of the program give the permission?"""
    beside = companions(key, Grant, "key")
    answer = Truth.NO if beside.complete else Truth.UNKNOWN
    operation = action.partition(":")[2].lower()
    for grant in beside:
        who = asked(principal.of, key.stack) if isinstance(principal, Identity) else ()
        if isinstance(principal, Service):
            who = asked(principal.name, key.stack)
        match grant.operations:
            case Known(items) if all(isinstance(item, Known) for item in items):
                named = Truth.of(any(str(item.value).lower() == operation for item in items if isinstance(item, Known)))
            case _:
                named = Truth.UNKNOWN
        grantee = covers(spelled(grant.grantee, key.stack), who, wildcards=False) if who else Truth.UNKNOWN
        answer = answer | (named & grantee)
    return answer


def _deployer(statement: Statement, stack: Stack) -> Truth:
    """Could the one who deploys be among the principals? ``YES`` only for the whole account, or everybody."""
    if statement.not_principals.written:
        return Truth.UNKNOWN
    who: Principals = statement.principals
    answer = Truth.NO if who.complete else Truth.UNKNOWN
    for grantee in who.items:
        answer = answer | _may_deploy(grantee, stack)
    return answer


def _may_deploy(grantee: Grantee, stack: Stack) -> Truth:
    if grantee.kind == "*":
        return Truth.YES
    if grantee.kind != "AWS":
        return Truth.NO if grantee.kind == "Service" else Truth.UNKNOWN
    written = spelled(grantee.value, stack)
    if written == ("*",) or _is_root(grantee, stack) is Truth.YES:
        return Truth.YES
    return Truth.NO if _made_here(written, stack) else Truth.UNKNOWN


def _made_here(written: tuple[Part, ...], stack: Stack) -> bool:
    """Does a principal surely mean a role that this very deployment makes?"""
    return any(covers(written, asked(role, stack), wildcards=False) is Truth.YES for role in views(stack, Role))


def _default(where: Span, stack: Stack) -> Document:
    root: Value[object] = Known(f"arn:aws:iam::{stack.assumptions.account}:root", where)
    statement: dict[str, Value[object]] = {
        "Effect": Known("Allow", where),
        "Principal": Known({"AWS": root}, where),
        "Action": Known("kms:*", where),
        "Resource": Known("*", where),
    }
    document = read(Known({"Statement": Known(statement, where)}, where), stack)
    return document or Document((), False, where, stack)
