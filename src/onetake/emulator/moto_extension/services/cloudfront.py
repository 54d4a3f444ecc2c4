"""CloudFront: a distribution's configuration is what was given, not what moto makes of it."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store

HINTS = {
    "MonitoringSubscription": Hint(key=("DistributionId",)),
    "CachePolicy": Hint(),
    "OriginRequestPolicy": Hint(),
    "ResponseHeadersPolicy": Hint(),
}
_TABLE = "distributions"


def _given(call: Call) -> dict[str, Any] | None:
    found = call.get("DistributionConfig") or (call.get("DistributionConfigWithTags") or {}).get("DistributionConfig")
    return dict(found) if found else None


def _kept(call: Call, store: Store, answer: dict[str, Any]) -> None:
    distribution = answer.get("Distribution") or {}
    given = _given(call)
    identity = str(call.get("Id") or distribution.get("Id"))
    if given:
        store.table(call, _TABLE, "global")[identity] = given
    found = store.table(call, _TABLE, "global").get(identity)
    if found:
        for holder in (answer.get("Distribution"), answer):
            if holder and "DistributionConfig" in holder:
                # What was left out stays as moto has it: clients rely on empty lists being there.
                holder["DistributionConfig"] = {**holder["DistributionConfig"], **found}


AMENDMENTS = dict.fromkeys(
    (
        "CreateDistribution",
        "CreateDistributionWithTags",
        "UpdateDistribution",
        "GetDistribution",
        "GetDistributionConfig",
    ),
    _kept,
)
