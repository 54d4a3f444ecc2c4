"""VPC Lattice: associations, listeners and target groups, of which moto can only create some."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store
from onetake.emulator.moto_extension.services import TAGGING

_BASE = "arn:aws:vpc-lattice:{region}:{account}"
HINTS = {
    "ServiceNetwork": Hint(arn=_BASE + ":servicenetwork/{id}", id="sn-{hex17}", values={"authType": "NONE"}),
    "Service": Hint(
        arn=_BASE + ":service/{id}",
        id="svc-{hex17}",
        values={"authType": "NONE", "status": "ACTIVE", "dnsEntry": {"domainName": "svc.vpc-lattice-svcs.on.aws"}},
    ),
    "ServiceNetworkVpcAssociation": Hint(
        arn=_BASE + ":servicenetworkvpcassociation/{id}", id="snva-{hex17}", values={"status": "ACTIVE"}
    ),
    "ServiceNetworkServiceAssociation": Hint(
        arn=_BASE + ":servicenetworkserviceassociation/{id}", id="snsa-{hex17}", values={"status": "ACTIVE"}
    ),
    "Listener": Hint(arn=_BASE + ":service/{serviceIdentifier}/listener/{id}", id="listener-{hex17}"),
    "Rule": Hint(arn=_BASE + ":service/{serviceIdentifier}/listener/{listenerIdentifier}/rule/{id}", id="rule-{hex17}"),
    "TargetGroup": Hint(arn=_BASE + ":targetgroup/{id}", id="tg-{hex17}", values={"status": "ACTIVE"}),
    "AccessLogSubscription": Hint(arn=_BASE + ":accesslogsubscription/{id}", id="als-{hex17}"),
    "AuthPolicy": Hint(key=("resourceIdentifier",), values={"state": "Active"}),
}
OWN = {*HINTS}


def _identified(call: Call, store: Store) -> Mapping[str, Any] | None:
    """Lets a call name by ARN or id what others are told by both."""
    if call.get("vpcIdentifier"):
        call.parameters["vpcId"] = call.get("vpcIdentifier")
    for name in ("serviceNetworkIdentifier", "serviceIdentifier", "targetGroupIdentifier", "resourceIdentifier"):
        given = call.get(name)
        if given is None:
            continue
        for noun in ("ServiceNetwork", "Service", "TargetGroup"):
            for one in store.records(call, noun):
                if given in (one.id, one.arn):
                    kind = noun[0].lower() + noun[1:]
                    prefix = "resource" if name.startswith("resource") else kind
                    call.parameters.setdefault(f"{prefix}Id", one.id)
                    call.parameters.setdefault(f"{prefix}Arn", one.arn)
                    call.parameters.setdefault(f"{prefix}Name", one.values.get("name"))
    return None


_IDENTIFIED = dict.fromkeys(
    (
        "CreateServiceNetworkVpcAssociation",
        "CreateServiceNetworkServiceAssociation",
        "CreateListener",
        "CreateAccessLogSubscription",
    ),
    _identified,
)
# moto keeps the tags of what it made itself, which is none of these.
OPERATIONS = {**TAGGING, **_IDENTIFIED}
