"""Route 53: health checks of alarms; the VPCs of private zones."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _made(call: Call, store: Store, answer: dict[str, Any]) -> None:
    check = answer.get("HealthCheck") or {}
    if check:
        store.table(call, "checks", "global")[check["Id"]] = dict(call.get("HealthCheckConfig") or {})
        _fill(call, store, check)


def _changed(call: Call, store: Store, answer: dict[str, Any]) -> None:
    kept = store.table(call, "checks", "global").setdefault(str(call.get("HealthCheckId")), {})
    ignored = {"HealthCheckId", "HealthCheckVersion", "ResetElements"}
    kept.update({name: value for name, value in call.parameters.items() if name not in ignored})
    _fill(call, store, answer.get("HealthCheck") or {})


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    _fill(call, store, answer.get("HealthCheck") or {})


def _fill(call: Call, store: Store, check: dict[str, Any]) -> None:
    kept = store.table(call, "checks", "global").get(str(check.get("Id")))
    if kept:
        usual = {"MeasureLatency": False, "Inverted": False, "Disabled": False}
        plain = {} if kept.get("Type") in {"CLOUDWATCH_METRIC", "CALCULATED"} else {"EnableSNI": False}
        check["HealthCheckConfig"] = {**usual, **plain, **kept}


def _zone(call: Call, store: Store, answer: dict[str, Any]) -> None:
    if call.get("VPC"):
        store.table(call, "zones", "global")[_identity(answer["HostedZone"]["Id"])] = [call.get("VPC")]


def _identity(identifier: object) -> str:
    return str(identifier).rpartition("/")[2]


def _joined(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    store.table(call, "zones", "global").setdefault(_identity(call.get("HostedZoneId")), []).append(call.get("VPC"))


def _left(call: Call, store: Store, _answer: dict[str, Any]) -> None:
    held = store.table(call, "zones", "global").get(_identity(call.get("HostedZoneId")), [])
    held[:] = [one for one in held if one.get("VPCId") != call.get("VPC", {}).get("VPCId")]


def _zone_shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    networks = store.table(call, "zones", "global").get(_identity(call.get("Id")))
    if networks:
        answer["VPCs"] = networks


ZONES = {
    "CreateHostedZone": _zone,
    "AssociateVPCWithHostedZone": _joined,
    "DisassociateVPCFromHostedZone": _left,
    "GetHostedZone": _zone_shown,
}
AMENDMENTS = {**ZONES, "CreateHealthCheck": _made, "UpdateHealthCheck": _changed, "GetHealthCheck": _shown}
