"""Secrets Manager: rotation by a schedule expression."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _rotates(call: Call, store: Store, answer: dict[str, Any]) -> None:
    rotation = {
        name: call.parameters[name] for name in ("RotationRules", "RotationLambdaARN") if name in call.parameters
    }
    store.table(call, "rotation")[str(answer.get("ARN"))] = rotation


def _ends(call: Call, store: Store, answer: dict[str, Any]) -> None:
    store.table(call, "rotation").pop(str(answer.get("ARN")), None)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    rotation = store.table(call, "rotation").get(str(answer.get("ARN")))
    if rotation:
        answer.update(rotation, RotationEnabled=True)


AMENDMENTS = {"RotateSecret": _rotates, "CancelRotateSecret": _ends, "DescribeSecret": _shown}
