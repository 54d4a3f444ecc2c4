"""Step Functions: a definition is looked at when it is planned; moto judges it when it is created."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _validate(_call: Call, _store: Store) -> Mapping[str, Any]:
    return {"result": "OK", "diagnostics": [], "truncated": False}


def _versions(_call: Call, _store: Store) -> Mapping[str, Any]:
    """Nothing publishes any here."""
    return {"stateMachineVersions": []}


OPERATIONS = {"ListStateMachineVersions": _versions, "ValidateStateMachineDefinition": _validate}
