"""ECS: a service keeps what it was given."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store

_KEPT = (
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "placementStrategy",
    "placementConstraints",
    "propagateTags",
    "enableECSManagedTags",
    "platformVersion",
    "serviceConnectConfiguration",
    "vpcLatticeConfigurations",
)
_OF_DEPLOYMENTS = ("serviceConnectConfiguration", "vpcLatticeConfigurations")
"""What is told of deployments, not of the service."""
_TABLE = "services"


def _made(call: Call, store: Store, answer: dict[str, Any]) -> None:
    service = answer.get("service") or {}
    kept = store.table(call, _TABLE).setdefault(
        service.get("serviceArn", ""), {"availabilityZoneRebalancing": "DISABLED"}
    )
    kept.update({name: call.parameters[name] for name in _KEPT if call.get(name) is not None})
    _fill(kept, service)


def _shown(call: Call, store: Store, answer: dict[str, Any]) -> None:
    for service in answer.get("services", []):
        _fill(store.table(call, _TABLE).get(service.get("serviceArn", ""), {}), service)


def _fill(kept: dict[str, Any], service: dict[str, Any]) -> None:
    service.update({name: value for name, value in kept.items() if name not in _OF_DEPLOYMENTS})
    for deployment in service.get("deployments", []):
        deployment.update({name: value for name, value in kept.items() if name == "vpcLatticeConfigurations"})
    if kept.get("capacityProviderStrategy"):
        service.pop("launchType", None)


AMENDMENTS = {"CreateService": _made, "UpdateService": _made, "DescribeServices": _shown}
