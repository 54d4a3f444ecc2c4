"""SQS: policies come back as compact as AWS writes them."""

import json
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _compact(_call: Call, _store: Store, answer: dict[str, Any]) -> None:
    attributes = answer.get("Attributes") or {}
    if attributes.get("RedrivePolicy"):
        attributes["RedrivePolicy"] = json.dumps(json.loads(attributes["RedrivePolicy"]), separators=(",", ":"))


AMENDMENTS = {"GetQueueAttributes": _compact}
