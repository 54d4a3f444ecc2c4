"""CodeDeploy: moto does not delete."""

from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _delete_application(call: Call, _store: Store) -> dict[str, Any]:
    _backend(call).applications.pop(str(call.get("applicationName")), None)
    return {}


def _delete_group(call: Call, _store: Store) -> dict[str, Any]:
    groups = _backend(call).deployment_groups.get(str(call.get("applicationName")), {})
    groups.pop(str(call.get("deploymentGroupName")), None)
    return {"hooksNotCleanedUp": []}


def _backend(call: Call) -> Any:
    from moto.codedeploy.models import codedeploy_backends

    return codedeploy_backends[call.account][call.region]


OPERATIONS = {"DeleteApplication": _delete_application, "DeleteDeploymentGroup": _delete_group}
