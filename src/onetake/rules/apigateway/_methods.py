"""Which method of a REST API something belongs to (API, path and verb are the same), and races between the parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from onetake.aws.apigateway import Integration, IntegrationResponse, Method, MethodResponse
from onetake.aws.lookup import views
from onetake.aws.view import View
from onetake.mechanisms.ordering import Race, race
from onetake.mechanisms.succession import made
from onetake.model.language import Truth
from onetake.model.text import same
from onetake.rules.rule import Fault

OfMethod = Method | Integration | IntegrationResponse | MethodResponse
M = TypeVar("M", Method, Integration)


def alike(one: OfMethod, other: OfMethod) -> Truth:
    """Whether both belong to one method."""
    return same(one.api, other.api) & same(one.path, other.path) & same(one.verb, other.verb)


def belonging(part: OfMethod, kind: type[M]) -> M | None:
    """The single method, or integration, that ``part`` surely belongs to."""
    found = [other for other in views(part.stack, kind) if alike(part, other) is Truth.YES]
    return found[0] if len(found) == 1 and found[0].exists is Truth.YES else None


def overtaking(hasty: View, needed: View, message: str, *others: View) -> Iterator[Fault]:
    """``hasty`` is made before ``needed``, or side by side with it, which is a risk."""
    ends = race(hasty.stack, hasty, needed) if made(hasty) and made(needed) else None
    if ends is not None:
        yield Fault(
            hasty.where,
            message,
            related=(needed, *others),
            condition="" if ends is Race.LOST else f"Is {needed.address} made first? Both are made at the same time.",
        )
