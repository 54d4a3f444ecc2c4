"""The steps of the runbook, as automation documents write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onetake.model.records import record
from onetake.platforms.constructs.policies import Statement

Action = Mapping[str, Any]


@record
class Step:
    """One step of the runbook, a document of its own.

    Attributes:
        meaning: what it does, for whoever carries it out.
        actions: that it takes, in their order.
        allows: what the runbook's role has to be allowed for them.
    """

    meaning: str
    actions: tuple[Action, ...]
    allows: tuple[Statement, ...]


def call(name: str, service: str, api: str, /, **parameters: Any) -> Action:
    """An action that calls an API of AWS.

    Args:
        name: of the action.
        service: as botocore calls it.
        api: the operation.
        parameters: of the operation.
    """
    return {
        "name": name,
        "action": "aws:executeAwsApi",
        "timeoutSeconds": 300,
        "inputs": {"Service": service, "Api": api} | parameters,
    }


def wait(
    name: str, service: str, api: str, selector: str, values: list[str], /, *, seconds: int = 1800, **parameters: Any
) -> Action:
    """An action that waits until a property of an answer has one of some values.

    Args:
        name: of the action.
        service: as botocore calls it.
        api: the operation whose answer is looked at.
        selector: of the property, as JSONPath.
        values: of which it has to have one.
        seconds: after which the step fails.
        parameters: of the operation.
    """
    return {
        "name": name,
        "action": "aws:waitForAwsResourceProperty",
        "timeoutSeconds": seconds,
        "inputs": {"Service": service, "Api": api, "PropertySelector": selector, "DesiredValues": values} | parameters,
    }
