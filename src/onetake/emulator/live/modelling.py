"""What stands in the account, as a stack that rules can judge: identifiers are references again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onetake.emulator.live.histories import implied
from onetake.emulator.live.things import GLOBAL, Thing
from onetake.frontends.cloudformation.evaluation import Evaluator
from onetake.frontends.cloudformation.scope import Scope
from onetake.frontends.files import Limits
from onetake.model.assumptions import Assumptions
from onetake.model.language import Language
from onetake.model.resources import Provider, Resource
from onetake.model.stacks import Engine, Stack
from onetake.model.values import Known, Span

FILE = "the emulated account"
Names = Mapping[tuple[str, str], tuple[str, str]]
"""Address and attribute by the identifier that stands for them, and the region in which it does; empty for all."""


def modelled(things: Iterable[Thing], touched: Thing, assumptions: Assumptions, *, whole: bool = True) -> Stack:
    """The stack of everything that stands and of ``touched``, which is made or changed after all of it.

    Args:
        things: what stands; one of the same address as ``touched`` is replaced by it.
        touched: what the call is about.
        assumptions: what is known besides, with the region of the call.
        whole: whether nothing else may stand beside it.
    """
    standing = {one.address: one for one in things if one.address != touched.address}
    every = {**standing, touched.address: touched}
    every |= {one.address: one for one in implied(every)}
    names = {
        (identifier, _range(identifier, one)): (one.address, attribute)
        for one in every.values()
        for attribute, identifier in one.identifiers.items()
    }
    where = Span(FILE)
    scope = Scope(FILE, Limits(), touched.region, assumptions.account)
    scope.resources = {
        one.address: {"Type": one.type, "Properties": _referring(one.properties, names, one)} for one in every.values()
    }
    evaluator = Evaluator(scope)
    resources = {
        one.address: Resource(
            language=Language.CLOUDFORMATION,
            address=one.address,
            type=one.type,
            where=where / "Resources" / one.address,
            arguments=evaluator.properties(one.address),
            provider=Provider("aws", Known(one.region, where)),
            depends_on=tuple(standing) if one is touched else (),
        )
        for one in every.values()
    }
    return Stack(
        name=FILE,
        language=Language.CLOUDFORMATION,
        where=where,
        engine=Engine("cloudformation"),
        resources=resources,
        assumptions=assumptions,
        providers=(Provider("aws", Known(touched.region, where)),),
        whole=whole,
    )


def _range(identifier: str, thing: Thing) -> str:
    """Where an identifier means the thing: copies of a key in several regions share their id, not their ARN."""
    return "" if identifier.startswith("arn:") or thing.type.startswith(GLOBAL) else thing.region


def _referring(value: Any, names: Names, own: Thing) -> Any:
    """``value`` with references in the place of the identifiers of other things than its owner."""
    match value:
        case Mapping():
            return {name: _referring(one, names, own) for name, one in value.items()}
        case list():
            return [_referring(one, names, own) for one in value]
        case str():
            address, attribute = _meant(value, names, own.region)
            if address in {"", own.address}:
                return value
            return {"Ref": address} if attribute == "Ref" else {"Fn::GetAtt": [address, attribute]}
        case _:
            return value


def _meant(text: str, names: Names, region: str) -> tuple[str, str]:
    for spelling in (text, text.removesuffix(":*")):
        for where in ("", region):
            if (spelling, where) in names:
                return names[spelling, where]
    return "", ""
