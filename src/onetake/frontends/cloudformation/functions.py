"""The intrinsic functions that can be worked out before the deployment, when what they are given is known.

Each takes the evaluator, its argument and the argument's place; ``None`` means that it cannot be known.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from onetake.frontends.cloudformation.intrinsics import call, expression, pieces
from onetake.frontends.cloudformation.texts import join, plain_text
from onetake.model.values import Gap, Known, Span, Unknown, Value, plain

if TYPE_CHECKING:
    from onetake.frontends.cloudformation.evaluation import Evaluator

Result: TypeAlias = "Value[object] | None"
Function: TypeAlias = "Callable[[Evaluator, Any, Span], Result]"


def at(value: Value[object], where: Span) -> Value[object]:
    """``value`` as it is found at another place."""
    if isinstance(value, Known):
        return Known(value.value, where, value.origin)
    if isinstance(value, Unknown):
        return Unknown(value.why, where, value.parts, value.members, value.document, value.taken_from)
    return value


def as_text(value: Value[object]) -> Value[object]:
    """A scalar as text: what ``Fn::Equals`` compares."""
    if isinstance(value, Known) and isinstance(value.value, (bool, int, float)):
        return Known(plain_text(value.value), value.where, value.origin)
    return value


def sub(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::Sub``."""
    text, own = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        text, own = argument
    if not isinstance(text, str):
        return None
    found: list[Value[object]] = []
    for hole, piece in pieces(text):
        if not hole:
            found.append(Known(piece, where))
        elif piece in own:
            found.append(on.evaluate(own[piece], where / 1 / piece))
        else:
            target, dot, attribute = piece.partition(".")
            found.append(on.name(target, attribute if dot else "Ref", where))
    return join(found, where, on.scope.limits.text)


def join_list(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::Join``."""
    if not isinstance(argument, list) or len(argument) != 2 or not isinstance(argument[0], str):
        return None
    members = on.evaluate(argument[1], where / 1)
    if not isinstance(members, Known) or not isinstance(members.value, tuple):
        return None
    found: list[Value[object]] = []
    for index, member in enumerate(members.value):
        found += [Known(argument[0], where), member] if index else [member]
    return join(found, where, on.scope.limits.text)


def split(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::Split``."""
    if not isinstance(argument, list) or len(argument) != 2 or not isinstance(argument[0], str) or not argument[0]:
        return None
    text = on.evaluate(argument[1], where / 1)
    if not isinstance(text, Known) or not isinstance(text.value, str):
        return None
    return Known(tuple(Known(piece, where) for piece in text.value.split(argument[0])), where)


def select(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::Select``."""
    if not isinstance(argument, list) or len(argument) != 2:
        return None
    index = on.evaluate(argument[0], where / 0)
    try:
        place = int(str(index.value)) if isinstance(index, Known) else -1
    except ValueError:
        return None
    if place < 0:
        return None
    members = on.evaluate(argument[1], where / 1)
    if isinstance(members, Known) and isinstance(members.value, tuple):
        return members.value[place] if place < len(members.value) else None
    zones = call(argument[1])
    if zones and zones[0] == "Fn::GetAZs":
        return Unknown(
            "zones differ between accounts", where, (Gap(f"zone {place} of {_region(on, zones[1], where)}"),)
        )
    return Unknown("the list is not known", where, (Gap(f"{place} of {expression(argument[1])}"),))


def _region(on: Evaluator, written: Any, where: Span) -> str:
    region = on.evaluate(written, where) if written else on.scope.pseudo("AWS::Region", where)
    if isinstance(region, Known):
        return str(region.value) or on.scope.region or "this region"
    return "this region" if written in ("", None, {"Ref": "AWS::Region"}) else expression(written)


def zones(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::GetAZs``."""
    region = _region(on, argument, where)
    return Unknown("zones differ between accounts", where, (Gap(f"the zones of {region}"),))


def find_in_map(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::FindInMap``."""
    if not isinstance(argument, list) or len(argument) not in (3, 4):
        return None
    keys = [on.evaluate(item, where / place) for place, item in enumerate(argument[:3])]
    found: Any = on.scope.mappings
    for key in keys:
        if not isinstance(key, Known):
            return None
        found = found.get(plain_text(key.value)) if isinstance(found, dict) else None
    if found is None and len(argument) == 4 and isinstance(argument[3], dict):
        return on.evaluate(argument[3].get("DefaultValue"), where / 3 / "DefaultValue")
    return None if found is None else on.evaluate(found, where)


def encode(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::Base64``."""
    text = on.evaluate(argument, where)
    if not isinstance(text, Known) or not isinstance(text.value, str):
        return None
    return Known(base64.b64encode(text.value.encode("utf-8", "surrogatepass")).decode("ascii"), where)


def cidr(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::Cidr``."""
    import ipaddress

    if not isinstance(argument, list) or len(argument) not in (2, 3):
        return None
    values = [on.evaluate(item, where / place) for place, item in enumerate(argument)]
    if not all(isinstance(value, Known) for value in values):
        return None
    block, count, *bits = (str(value.value) for value in values if isinstance(value, Known))
    try:
        network = ipaddress.ip_network(block, strict=False)
        length = network.max_prefixlen - int(bits[0] if bits else 8)
        wanted = int(count)
        if not 1 <= wanted <= 256 or not network.prefixlen <= length <= network.max_prefixlen:
            return None
        blocks = network.subnets(new_prefix=length)
        if 1 << (length - network.prefixlen) < wanted:
            return None
        return Known(tuple(Known(str(next(blocks)), where) for _ in range(wanted)), where)
    except ValueError:
        return None


def length(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::Length``."""
    members = on.evaluate(argument, where)
    known = isinstance(members, Known) and isinstance(members.value, tuple)
    return Known(len(members.value), where) if known else None  # type: ignore[union-attr, arg-type]


def to_json(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::ToJsonString``."""
    value = on.evaluate(argument, where)
    try:
        return Known(json.dumps(plain(value), separators=(",", ":")), where)
    except LookupError:
        why = "part of it is known after the deployment"
        return Unknown(why, where, (Gap(expression({"Fn::ToJsonString": argument})),), document=value)


def imported(on: Evaluator, argument: Any, where: Span) -> Result:
    """``Fn::ImportValue``."""
    name = on.evaluate(argument, where)
    text = name.value if isinstance(name, Known) else expression(argument)
    return Unknown("another stack exports it", where, (Gap(f"import {text}"),))


OTHERS = frozenset(("Ref", "Fn::GetAtt", "Fn::If", "Fn::Transform", "Fn::GetStackOutput", "Fn::Contains"))
"""Functions that CloudFormation has and that are worked out elsewhere, or not at all."""

TABLE: dict[str, Function] = {
    "Fn::Sub": sub,
    "Fn::Join": join_list,
    "Fn::Split": split,
    "Fn::Select": select,
    "Fn::GetAZs": zones,
    "Fn::FindInMap": find_in_map,
    "Fn::Base64": encode,
    "Fn::Cidr": cidr,
    "Fn::Length": length,
    "Fn::ToJsonString": to_json,
    "Fn::ImportValue": imported,
}
