"""The values of a template's parameters: given, defaulted, or left to the deployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onetake.frontends.cloudformation.problems import Fault, Problems
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


def check(declared: Mapping[str, Any], setting: Setting, problems: Problems) -> None:
    """Values that the user gives and the template does not admit; defaults are a schema fact."""
    for name, body in declared.items():
        given = setting.given.get(name)
        if given is None or not isinstance(body, dict):
            continue
        wrong = _unsuitable(given, body)
        if wrong:
            secret = str(body.get("NoEcho", "")).lower() == "true"
            shown = "its value" if secret else f'"{given}"'
            problems.report(
                Fault(
                    "cloudformation-parameter-invalid",
                    ("Parameters", name),
                    f"the parameter {name} is given {shown}, which {wrong}",
                    cause="CloudFormation compares every parameter with its declaration before anything is created.",
                    fix=f"Give {name} a value that its declaration admits.",
                )
            )


def _unsuitable(given: str, body: Mapping[str, Any]) -> str:
    """What is wrong with a value, as the end of a sentence; empty when nothing is."""
    kind = str(body.get("Type", "String"))
    if kind == "Number":
        return _wrong_number(given, body)
    if kind not in ("String", "CommaDelimitedList"):
        return ""
    texts = [given] if kind == "String" else [item.strip() for item in given.split(",")]
    allowed = body.get("AllowedValues")
    if isinstance(allowed, list) and not {plain_text(value) for value in allowed}.issuperset(texts):
        return "is not one of its AllowedValues"
    if kind == "String" and len(given) < (_number(body.get("MinLength")) or 0):
        return f"is shorter than its MinLength of {body['MinLength']}"
    longest = _number(body.get("MaxLength"))
    if kind == "String" and longest is not None and len(given) > longest:
        return f"is longer than its MaxLength of {body['MaxLength']}"
    pattern = body.get("AllowedPattern")
    if isinstance(pattern, str) and not all(_may_match(pattern, text) for text in texts):
        return f"does not match its AllowedPattern {pattern}"
    return ""


def _wrong_number(given: str, body: Mapping[str, Any]) -> str:
    amount = _number(given)
    if amount is None:
        return "is no number"
    allowed = body.get("AllowedValues")
    if isinstance(allowed, list) and amount not in [_number(value) for value in allowed]:
        return "is not one of its AllowedValues"
    least, most = _number(body.get("MinValue")), _number(body.get("MaxValue"))
    if least is not None and amount < least:
        return f"is below its MinValue of {body['MinValue']}"
    if most is not None and amount > most:
        return f"is above its MaxValue of {body['MaxValue']}"
    return ""


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _may_match(pattern: str, text: str) -> bool:
    """Whether the whole of ``text`` matches, as far as that can be told in bounded time."""
    from onetake.frontends.terraform.functions.patterns import regexall
    from onetake.frontends.terraform.functions.values import Failure, Undetermined

    try:
        return bool(regexall(f"^(?:{pattern})$", text))
    except (Failure, Undetermined):
        return True
