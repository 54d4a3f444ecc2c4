"""Who asks: services, accounts, roles, federated identities, anybody; and whom a statement names."""

from __future__ import annotations

import re
from typing import TypeAlias

from onetake.aws.view import View
from onetake.mechanisms.policies.documents import Grantee, Principals
from onetake.mechanisms.policies.matching import covers
from onetake.mechanisms.policies.names import ACCOUNT, ANY_TEXT, REGION, Text, asked, partition, region_of, spelled
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.values import Gap, Part, Unknown


@record
class Service:
    """An AWS service: ``delivery.logs.amazonaws.com``, ``logs.eu-west-1.amazonaws.com``."""

    name: Text


@record
class Account:
    """An account (its root principal); without ``id`` the one that is deployed to."""

    id: Text | None = None


@record
class Identity:
    """A role or user, by view or by ARN."""

    of: Text


@record
class Federated:
    """A federated identity, by the ARN or the name of its provider."""

    provider: Text


@record
class Anyone:
    """Somebody without credentials."""


Principal: TypeAlias = Service | Account | Identity | Federated | Anyone

_REGION = re.compile(r"\.[a-z]{2}(-[a-z]+)+-[0-9](?=\.)")
_EVERYONE: tuple[Part, ...] = ("*",)


def service_in(service: str, view: View) -> Service:
    """The regional principal of ``service`` (``logs``) in the region of ``view``: ``logs.eu-west-1.amazonaws.com``."""
    region = region_of(view.resource, view.stack)
    ending = ".amazonaws.com.cn" if partition(region) == "aws-cn" else ".amazonaws.com"
    if isinstance(region, str):
        return Service(f"{service}.{region}{ending}")
    return Service(Unknown("the region is not known", view.where, (f"{service}.", region, ending)))


def named(principals: Principals, who: Principal, stack: Stack) -> Truth:
    """Does the element name ``who``?"""
    answer = Truth.NO if principals.complete else Truth.UNKNOWN
    for grantee in principals.items:
        answer = answer | _is(grantee, who, stack)
        if answer is Truth.YES:
            break
    return answer


def _is(grantee: Grantee, who: Principal, stack: Stack) -> Truth:
    if grantee.kind == "*":
        return Truth.YES
    written = spelled(grantee.value, stack)
    match grantee.kind:
        case "AWS":
            answer = _is_aws(written, who, stack)
            if answer is Truth.UNKNOWN and isinstance(who, Identity):
                return _is_aws(spelled(grantee.value, stack, nameless=True), who, stack, nameless=True) & answer
            return answer
        case "Service":
            return _is_service(written, asked(who.name, stack)) if isinstance(who, Service) else Truth.NO
        case "Federated":
            if not isinstance(who, Federated):
                return Truth.NO
            return covers(written, asked(who.provider, stack), wildcards=False)
        case "CanonicalUser":
            return Truth.UNKNOWN if isinstance(who, (Account, Identity)) else Truth.NO
        case _:
            return Truth.UNKNOWN


def _is_aws(written: tuple[Part, ...], who: Principal, stack: Stack, *, nameless: bool = False) -> Truth:
    everyone = covers(written, _EVERYONE, wildcards=False)
    match who:
        case Account(id):
            own = (ACCOUNT,) if id is None else asked(id, stack)
            return everyone | _is_account(written, own)
        case Identity(of):
            return everyone | _is_identity(written, asked(of, stack, nameless=nameless))
        case Anyone():
            return everyone
        case _:
            # Whether {"AWS": "*"} admits services differs from service to service.
            return Truth.NO if everyone is Truth.NO else Truth.UNKNOWN


def _is_account(written: tuple[Part, ...], account: tuple[Part, ...]) -> Truth:
    answer = covers(written, account, wildcards=False)
    for name in ("aws", "aws-cn", "aws-us-gov"):
        answer = answer | covers(written, (f"arn:{name}:iam::", *account, ":root"), wildcards=False)
    return answer


def _is_identity(written: tuple[Part, ...], arn: tuple[Part, ...]) -> Truth:
    itself = covers(written, arn, wildcards=False)
    if itself is Truth.YES:
        return itself
    # The account's root stands for all its identities as far as their own policies go; a session is the role's.
    through_root = _is_account(written, (ACCOUNT,))
    session = covers(written, ("arn:aws:sts::", ACCOUNT, ":assumed-role/", ANY_TEXT), wildcards=False)
    return Truth.NO if Truth.NO is itself is through_root is session else Truth.UNKNOWN


def _is_service(written: tuple[Part, ...], service: tuple[Part, ...]) -> Truth:
    answer = covers(written, service, wildcards=False)
    if answer is not Truth.NO:
        return answer
    # logs.amazonaws.com and logs.eu-west-1.amazonaws.com: some services take one for the other.
    left, right = _global(written), _global(service)
    if left != written and right != service:
        return Truth.NO
    return Truth.NO if covers(left, right, wildcards=False) is Truth.NO else Truth.UNKNOWN


def _global(name: tuple[Part, ...]) -> tuple[Part, ...]:
    """The name of a service without region and country."""
    match name:
        case (str() as only,):
            return (_REGION.sub("", only).removesuffix(".cn"),)
        case (str() as head, Gap() as region, str() as tail) if head.endswith("."):
            if region == REGION or tail.startswith(".amazonaws.com"):
                return (head[:-1] + tail.removesuffix(".cn"),)
            return name
        case _:
            return name
