"""Texts of policies in one spelling, so that the same resource is the same text however it is written.

``${aws_s3_bucket.logs.arn}/*`` and ``arn:aws:s3:::${aws_s3_bucket.logs.id}/*`` mean the same. References are
replaced by what they are made of: the parts of an ARN, and the name, which is either written in the program or
stays a reference. The assumed account and region become gaps, since a literal may be right or wrong there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias, cast

from onetake.aws.view import View
from onetake.knowledge.arns import FORMS, ArnForm
from onetake.knowledge.elb_accounts import ELB_ACCOUNTS
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Gap, Known, Part, Reference, Span, Unknown, Value
from onetake.model.values import parts as known_parts

ACCOUNT = Gap("the account")
REGION = Gap("the region")
ANY_TEXT = Gap("any text")
"""For questions: some text that nobody knows, the key of an object for instance."""
WRITTEN = "name"
"""The attribute of references that stand for a generated name."""

Text: TypeAlias = str | Value[str] | View | Gap
"""A text to ask about; a view stands for its ARN."""
Subject: TypeAlias = Text | tuple[Text, ...]
"""A text, or its pieces: ``(bucket, "/AWSLogs/", ANY_TEXT)``."""

_DEPTH = 8
"""How many references are followed one after another."""
_SHALLOW = 1
"""Follow a reference to its resource, but not into the resource's name."""
_VARIABLE = re.compile(r"[$&]\{([^}]*)\}")
_PSEUDO: dict[str, Part] = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "account id": ACCOUNT,
    "partition": "aws",
    "dns suffix": "amazonaws.com",
}


def parts(value: Value[object]) -> tuple[Part, ...]:
    """The pieces of a text; a value about which nothing is known is the same text only as itself."""
    match value:
        case Unknown(why, Span(file, path), ()):
            return (Gap(f"{why} ({file} {path})"),)
        case _:
            return known_parts(value)


def spelled(value: Value[object], stack: Stack, *, nameless: bool = False) -> tuple[Part, ...]:
    """The pieces of ``value`` in the one spelling; empty when it is absent.

    ``nameless`` leaves out what is known of the names of resources: the same resource is the same reference, and
    different ones are surely different, though their names may be known in part and look alike.
    """
    return _tidy(_expand(parts(value), stack, _SHALLOW if nameless else _DEPTH), stack)


def asked(subject: Subject, stack: Stack, *, nameless: bool = False) -> tuple[Part, ...]:
    """The pieces of a text that a question is about."""
    depth = _SHALLOW if nameless else _DEPTH
    found: list[Part] = []
    for text in subject if isinstance(subject, tuple) else (subject,):
        match text:
            case str() | Gap():
                found.append(text)
            case View():
                found.extend(arn(text.resource, stack, depth))
            case _:
                found.extend(_expand(parts(text), stack, depth))
    return _tidy(found, stack)


def variables(pieces: tuple[Part, ...]) -> tuple[Part, ...]:
    """``pieces`` of a policy with its variables (``${aws:username}``) as gaps."""
    if not any(isinstance(piece, str) and "{" in piece for piece in pieces):
        return pieces
    found: list[Part] = []
    for piece in pieces:
        if not isinstance(piece, str):
            found.append(piece)
            continue
        end = 0
        for variable in _VARIABLE.finditer(piece):
            found.extend((piece[end : variable.start()], Gap(f"the request's {variable[1]}")))
            end = variable.end()
        found.append(piece[end:])
    return _joined(found)


def arn(resource: Resource, stack: Stack, depth: int) -> tuple[Part, ...]:
    """The pieces of a resource's ARN."""
    form = FORMS.get(resource.type)
    if form is None:
        return (Reference(resource.address, "arn"),)
    region = region_of(resource, stack) if form.regional else ""
    account: Part = ACCOUNT if form.owned else ""
    if depth <= _SHALLOW and form.path_argument:
        return (
            f"arn:{partition(region)}:{form.service}::",
            account,
            f":{form.prefix}/",
            Reference(resource.address, "path"),
        )
    head = (f"arn:{partition(region)}:{form.service}:", region, ":", account, f":{form.prefix}")
    return (*head, *_path(resource, form, stack, depth), *_name(resource, form, stack, depth))


def region_of(resource: Resource, stack: Stack) -> Part:
    """The region that a resource is in, as a piece of text."""
    match resource.region:
        case Known(str() as region) if not (region == stack.assumptions.region and region_open(stack)):
            return region
        case Known():
            return REGION
        case Unknown(_, _, (Gap(expression) as only,)):
            return _PSEUDO.get(expression, only)
        case _:
            return REGION


def region_open(stack: Stack) -> bool:
    """Is the region only assumed: named neither by the user nor by the program?"""
    found = stack.memo.get(region_open)
    if found is None:
        written = any(isinstance(provider.arguments.get("region"), Known) for provider in stack.providers)
        found = stack.memo[region_open] = not written and not stack.assumptions.region_given
    return cast("bool", found)


def partition(region: Part) -> str:
    """The partition of a region; the public one where the region is not known."""
    if isinstance(region, str):
        for prefix, name in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")):
            if region.startswith(prefix):
                return name
    return "aws"


def _expand(pieces: Iterable[Part], stack: Stack, depth: int) -> tuple[Part, ...]:
    found: list[Part] = []
    for piece in pieces:
        match piece:
            case Reference():
                found.extend(_meant(piece, stack, depth))
            case Gap(expression):
                found.append(_PSEUDO.get(expression, piece))
            case _:
                found.append(piece)
    return tuple(found)


def _meant(reference: Reference, stack: Stack, depth: int) -> tuple[Part, ...]:
    """What a reference stands for."""
    pseudo = _PSEUDO.get(reference.target)
    if pseudo is not None:
        return (pseudo,)
    resource = stack.at(reference)
    if resource is None or depth == 0:
        return (Gap(str(reference)),)
    if resource.mode is Mode.DATA:
        return _looked_up(resource, reference, stack, depth)
    form = FORMS.get(resource.type)
    if form is not None and reference.attribute in form.arn_attributes:
        return (*arn(resource, stack, depth), form.arn_ending if reference.attribute == "Arn" else "")
    if form is not None and reference.attribute in form.name_attributes:
        return _name(resource, form, stack, depth)
    if reference.attribute in ("arn", "Arn"):
        return arn(resource, stack, depth)
    return (Gap(f"{resource.address}.{reference.attribute}"),)


def _looked_up(resource: Resource, reference: Reference, stack: Stack, depth: int) -> tuple[Part, ...]:
    """What an attribute of a data source stands for."""
    region = region_of(resource, stack)
    match resource.type, reference.attribute:
        case "data.aws_caller_identity", "account_id" | "id":
            return (ACCOUNT,)
        case "data.aws_region", "name" | "id" | "region":
            # Asked for by name, it is the region with that name.
            named = resource.argument("region")
            named = resource.argument("name") if isinstance(named, Absent) else named
            return (region,) if isinstance(named, Absent) else _expand(parts(named), stack, depth - 1)
        case "data.aws_partition", "partition":
            return (partition(region),)
        case "data.aws_partition", "dns_suffix":
            return ("amazonaws.com.cn" if partition(region) == "aws-cn" else "amazonaws.com",)
        case "data.aws_elb_service_account", "arn" | "id" as attribute:
            if isinstance(resource.argument("region"), Absent) and region in ELB_ACCOUNTS:
                account = ELB_ACCOUNTS[cast("str", region)]
                return (f"arn:{partition(region)}:iam::{account}:root" if attribute == "arn" else account,)
        case _:
            pass
    return (Gap(str(reference)),)


def _path(resource: Resource, form: ArnForm, stack: Stack, depth: int) -> tuple[Part, ...]:
    if not form.path_argument:
        return ()
    written = resource.argument(form.path_argument)
    return ("/",) if isinstance(written, Absent) else _expand(parts(written), stack, depth - 1)


def _name(resource: Resource, form: ArnForm, stack: Stack, depth: int) -> tuple[Part, ...]:
    """The name as it is written, or the reference that stands for a generated one."""
    generated = Reference(resource.address, WRITTEN)
    if depth <= _SHALLOW:
        return (generated,)
    written = resource.argument(form.name_argument) if form.name_argument else Absent(resource.where)
    if isinstance(written, Absent):
        prefix = resource.argument(form.prefix_argument) if form.prefix_argument else Absent(resource.where)
        return (*_expand(parts(prefix), stack, depth - 1), generated)
    return _expand(parts(written), stack, depth - 1)


def _tidy(pieces: Iterable[Part], stack: Stack) -> tuple[Part, ...]:
    """Known neighbours joined, and what is only assumed of the account and region turned into gaps."""
    assumed: list[tuple[str, Gap]] = [(stack.assumptions.account, ACCOUNT)]
    if region_open(stack):
        assumed.append((stack.assumptions.region, REGION))
    found = list(_joined(pieces))
    for text, gap in assumed:
        if not any(isinstance(piece, str) and text in piece for piece in found):
            continue
        split = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(text)}(?![A-Za-z0-9-])")
        found = [
            token
            for piece in found
            for token in (_between(split.split(piece), gap) if isinstance(piece, str) else (piece,))
        ]
    return _joined(found)


def _between(texts: list[str], gap: Gap) -> Iterable[Part]:
    for index, text in enumerate(texts):
        if index:
            yield gap
        yield text


def _joined(pieces: Iterable[Part]) -> tuple[Part, ...]:
    found: list[Part] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece != "":
            found.append(piece)
    return tuple(found)
