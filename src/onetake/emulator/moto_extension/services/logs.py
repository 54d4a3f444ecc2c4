"""CloudWatch Logs: classes of log groups, data protection, saved queries."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store

HINTS = {
    "DataProtectionPolicy": Hint(key=("logGroupIdentifier",)),
    "QueryDefinition": Hint(key=("queryDefinitionId",)),
}


def _made(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    store.table(call, "classes")[str(call.get("logGroupName"))] = call.get("logGroupClass", "STANDARD")


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for group in answer.get("logGroups", []):
        group["logGroupClass"] = store.table(call, "classes").get(group.get("logGroupName"), "STANDARD")


AMENDMENTS = {"CreateLogGroup": _made, "DescribeLogGroups": _shown}
