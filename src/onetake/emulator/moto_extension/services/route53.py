"""Route 53: health checks of alarms; the VPCs of private zones; records that are there already."""

from typing import Any

from onetake.emulator.moto_extension.calls import AwsError, Call
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


def _change(call: Call, _store: Store) -> None:
    """Refuse to create what there is; moto takes a second alias of the same name and type."""
    from moto.route53.models import route53_backends

    zone = route53_backends[call.account]["aws"].zones.get(_identity(call.get("HostedZoneId")))
    there = {_record(one.name, one.type, one.set_identifier) for one in zone.rrsets} if zone else set()
    for change in (call.get("ChangeBatch") or {}).get("Changes", []):
        given = change["ResourceRecordSet"]
        record = _record(given["Name"], given["Type"], given.get("SetIdentifier"))
        if change["Action"] == "CREATE" and record in there:
            told = (
                f"[Tried to create resource record set [name='{record[0]}', type='{record[1]}'] but it already exists]"
            )
            raise AwsError("InvalidChangeBatch", told, 400)
        if change["Action"] == "DELETE":
            there.discard(record)


def _record(name: object, kind: object, identifier: object) -> tuple[str, str, str]:
    """What no two records of a zone have in common."""
    return f"{str(name).rstrip('.').lower()}.", str(kind), str(identifier or "")


ZONES = {
    "CreateHostedZone": _zone,
    "AssociateVPCWithHostedZone": _joined,
    "DisassociateVPCFromHostedZone": _left,
    "GetHostedZone": _zone_shown,
}
AMENDMENTS = {**ZONES, "CreateHealthCheck": _made, "UpdateHealthCheck": _changed, "GetHealthCheck": _shown}
OPERATIONS = {"ChangeResourceRecordSets": _change}
