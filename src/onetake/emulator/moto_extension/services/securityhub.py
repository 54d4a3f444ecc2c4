"""Security Hub: its settings, standards, and where findings come together."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.store import Store

_STANDARDS, _AGGREGATORS, _HUB = "standards", "aggregators", "hub"


def _enable(call: Call, store: Store) -> Mapping[str, Any]:
    made = []
    for given in call.get("StandardsSubscriptionRequests", []):
        standard = given["StandardsArn"]
        path = standard.partition("standards/")[2] or standard.partition("ruleset/")[2]
        arn = f"arn:aws:securityhub:{call.region}:{call.account}:subscription/{path}"
        one = {
            "StandardsSubscriptionArn": arn,
            "StandardsArn": standard,
            "StandardsInput": given.get("StandardsInput", {}),
            "StandardsStatus": "READY",
        }
        store.table(call, _STANDARDS)[arn] = one
        made.append(one)
    return {"StandardsSubscriptions": made}


def _enabled(call: Call, store: Store) -> Mapping[str, Any]:
    wanted = call.get("StandardsSubscriptionArns", [])
    held = store.table(call, _STANDARDS)
    return {"StandardsSubscriptions": [one for arn, one in held.items() if not wanted or arn in wanted]}


def _disable(call: Call, store: Store) -> Mapping[str, Any]:
    held = store.table(call, _STANDARDS)
    gone = [held.pop(arn) for arn in call.get("StandardsSubscriptionArns", []) if arn in held]
    return {"StandardsSubscriptions": [{**one, "StandardsStatus": "DELETING"} for one in gone]}


def _aggregate(call: Call, store: Store) -> Mapping[str, Any]:
    arn = f"arn:aws:securityhub:{call.region}:{call.account}:finding-aggregator/{call.account}"
    given = {name: call.parameters[name] for name in ("RegionLinkingMode", "Regions") if call.get(name)}
    made = {"FindingAggregatorArn": arn, "FindingAggregationRegion": call.region, **given}
    store.table(call, _AGGREGATORS)[arn] = made
    return made


def _aggregator(call: Call, store: Store) -> Mapping[str, Any]:
    found = store.table(call, _AGGREGATORS).get(str(call.get("FindingAggregatorArn")))
    if found is None:
        raise not_found(call.operation, "there is no such aggregator")
    if call.name.startswith("Update"):
        found.update({name: call.parameters[name] for name in ("RegionLinkingMode", "Regions") if call.get(name)})
    return dict(found)


def _aggregators(call: Call, store: Store) -> Mapping[str, Any]:
    return {"FindingAggregators": [{"FindingAggregatorArn": arn} for arn in store.table(call, _AGGREGATORS)]}


def _disaggregate(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, _AGGREGATORS).pop(str(call.get("FindingAggregatorArn")), None)
    return {}


def _configure(call: Call, store: Store) -> Mapping[str, Any]:
    store.table(call, _HUB).update(call.parameters)
    return {}


def _hub(call: Call, store: Store, answer: dict[str, Any]) -> None:
    answer.update({"AutoEnableControls": True, "ControlFindingGenerator": "SECURITY_CONTROL"})
    answer.update(store.table(call, _HUB))


THINGS = (_STANDARDS, _AGGREGATORS)
OPERATIONS = {
    "BatchEnableStandards": _enable,
    "GetEnabledStandards": _enabled,
    "BatchDisableStandards": _disable,
    "CreateFindingAggregator": _aggregate,
    "GetFindingAggregator": _aggregator,
    "UpdateFindingAggregator": _aggregator,
    "ListFindingAggregators": _aggregators,
    "DeleteFindingAggregator": _disaggregate,
    "UpdateSecurityHubConfiguration": _configure,
}
AMENDMENTS = {"DescribeHub": _hub}
