"""Lambda: a function keeps what it was given, and is not run."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store

_KEPT = ("LoggingConfig", "DeadLetterConfig", "SnapStart", "RuntimeManagementConfig")
_TABLE = "functions"


def _name(call: Call) -> str:
    return str(call.get("FunctionName")).partition(":function:")[2] or str(call.get("FunctionName"))


def _made(call: Call, store: Store, answer: dict[str, Any]) -> None:
    kept = store.table(call, _TABLE).setdefault(_name(call).partition(":")[0], {})
    kept.update({member: call.parameters[member] for member in _KEPT if call.get(member) is not None})
    _fill(kept, answer)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    kept = store.table(call, _TABLE).get(_name(call).partition(":")[0], {})
    _fill(kept, answer.get("Configuration", answer))


def _listed(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for one in answer.get("Versions", []):
        _fill(store.table(call, _TABLE).get(_name(call), {}), one)


def _fill(kept: dict[str, Any], configuration: dict[str, Any]) -> None:
    name = configuration.get("FunctionName", "")
    usual = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{name}"}
    given = kept.get("LoggingConfig", {})
    configuration["LoggingConfig"] = {**usual, **{key: value for key, value in given.items() if value}}
    if kept.get("DeadLetterConfig", {}).get("TargetArn"):
        configuration["DeadLetterConfig"] = kept["DeadLetterConfig"]


AMENDMENTS = {
    "CreateFunction": _made,
    "UpdateFunctionConfiguration": _made,
    "GetFunction": _shown,
    "GetFunctionConfiguration": _shown,
    "ListVersionsByFunction": _listed,
}


def repair() -> None:
    """Code of the program is not executed: moto would run it in a container, where there is Docker."""
    from moto.awslambda.models import LambdaFunction

    def invoke(_self: Any, event: str | None = None) -> tuple[str, bool, str]:  # noqa: ARG001 - its callers name it
        return "{}", False, ""

    LambdaFunction._invoke_lambda = invoke  # noqa: SLF001 - moto has no other place for it
