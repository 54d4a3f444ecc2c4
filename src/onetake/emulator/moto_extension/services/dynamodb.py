"""DynamoDB: replicas of global tables, and contributor insights, which moto does not know."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store

_TABLE = "replicas"


def _changed(call: Call, store: Store, answer: dict[str, Any]) -> None:
    """Makes and deletes replicas: each is a table of the same name in its region."""
    from moto.dynamodb.models import dynamodb_backends

    table = str(call.get("TableName"))
    replicas = store.table(call, _TABLE).setdefault(table, {})
    backends = dynamodb_backends[call.account]
    for change in call.get("ReplicaUpdates", []):
        for action, given in change.items():
            region = given["RegionName"]
            if action == "Delete":
                replicas.pop(region, None)
                backends[region].tables.pop(table, None)
                continue
            replicas[region] = {**replicas.get(region, {}), **given, "ReplicaStatus": "ACTIVE"}
            backends[region].tables.setdefault(table, backends[call.region].tables[table])
    _shown(call, store, answer)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    table = str(call.get("TableName")).rpartition("/")[2]
    found = answer.get("Table") or answer.get("TableDescription")
    replicas = store.table(call, _TABLE).get(table)
    if found is None or not replicas:
        return
    found["Replicas"] = [{"ReplicaTableClassSummary": {}, **one} for one in replicas.values()]
    for one in found["Replicas"]:
        one.pop("ReplicaTableClassSummary")
    found["GlobalTableVersion"] = "2019.11.21"


def _insights(call: Call, store: Store) -> Mapping[str, Any]:
    name = f"{str(call.get('TableName')).rpartition('/')[2]}|{call.get('IndexName', '')}"
    held = store.table(call, "insights")
    if call.name.startswith("Update"):
        held[name] = "ENABLED" if call.get("ContributorInsightsAction") == "ENABLE" else "DISABLED"
    asked = {member: call.get(member) for member in ("TableName", "IndexName") if call.get(member)}
    return {**asked, "ContributorInsightsStatus": held.get(name, "DISABLED"), "ContributorInsightsRuleList": []}


OPERATIONS = {"UpdateContributorInsights": _insights, "DescribeContributorInsights": _insights}
THINGS = (_TABLE,)
AMENDMENTS = {"UpdateTable": _changed, "DescribeTable": _shown}
