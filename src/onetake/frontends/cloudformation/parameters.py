"""The values of a template's parameters: given, defaulted, or left to the deployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onetake.frontends.cloudformation.texts import plain_text, scalar
from onetake.model.values import Gap, Known, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.cloudformation.reading import Setting


def value(name: str, body: object, setting: Setting, where: Span) -> Value[object]:
    """What ``Ref`` to the parameter returns."""
    written = body if isinstance(body, dict) else {}
    kind = str(written.get("Type", "String"))
    text = _text(name, written, setting)
    # Such a parameter names an entry of the parameter store; Ref returns what the entry holds.
    if text is None or kind.startswith("AWS::SSM::Parameter::Value<"):
        return Unknown(f"the parameter {name} is given when the stack is deployed", where, (Gap(f"parameter {name}"),))
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        return Known(tuple(scalar(item.strip(), where) for item in text.split(",")), where)
    return scalar(text, where)


def _text(name: str, written: Mapping[str, Any], setting: Setting) -> str | None:
    if name in setting.undecided:
        return None
    if name in setting.given:
        # A secret that the user passes must not turn up in a report; a default stands in the template anyway.
        return None if str(written.get("NoEcho", "")).lower() == "true" else setting.given[name]
    return default(written)


def default(written: Mapping[str, Any]) -> str | None:
    """The default as CloudFormation passes it on, as text; ``None`` when there is none that it would take."""
    found = written.get("Default")
    if isinstance(found, list):
        return ",".join(plain_text(item) for item in found)
    return None if isinstance(found, dict) or found is None else plain_text(found)
