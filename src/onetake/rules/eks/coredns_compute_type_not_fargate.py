"""CoreDNS add-on that asks for EC2 on a cluster that has only Fargate.

Unless its configuration says ``computeType: Fargate``, the add-on's pods carry the annotation
``eks.amazonaws.com/compute-type: ec2`` and stay pending on a cluster without EC2 nodes.
"""

import json
from collections.abc import Iterator

from onetake.aws.eks import Addon
from onetake.model.findings import Action, Edit, Severity
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.eks._clusters import SYSTEM, cluster_of, has_ec2_nodes, profiles, runs
from onetake.rules.eks.coredns_without_compute import ANSWERS
from onetake.rules.rule import Fault, Rule

KEYS = {Language.TERRAFORM: ("configuration_values",), Language.CLOUDFORMATION: ("Properties", "ConfigurationValues")}


def check(addon: Addon) -> Iterator[Fault]:
    """Only Fargate, with a profile for kube-system, and a configuration that surely does not name it."""
    cluster = cluster_of(addon)
    if cluster is None or not (isinstance(addon.name, Known) and addon.name.value == "coredns"):
        return
    if has_ec2_nodes(cluster) is not Truth.NO or not any(runs(one, SYSTEM) is Truth.YES for one in profiles(cluster)):
        return
    if _asks_for_fargate(addon) is Truth.NO:
        place = addon.resource.where
        for key in KEYS[addon.language]:
            place = place / key
        name = cluster.name.value if isinstance(cluster.name, Known) else cluster.address
        edits = (Edit(place, Action.SET, '{"computeType": "Fargate"}'),)
        yield Fault(
            addon,
            f"CoreDNS waits for EC2 nodes, which {cluster.address} does not have",
            related=(cluster,),
            words={"cluster": name},
            edits=edits if isinstance(addon.configuration, Absent) else (),
        )


def _asks_for_fargate(addon: Addon) -> Truth:
    match addon.configuration:
        case Absent():
            return Truth.NO
        case Known(text):
            try:
                found = json.loads(text)
            except ValueError:
                return Truth.UNKNOWN  # it may be YAML, which the add-on takes too
            return Truth.of(isinstance(found, dict) and str(found.get("computeType", "")).lower() == "fargate")
        case _:
            return Truth.UNKNOWN


RULE = Rule(
    name="eks-coredns-compute-type-not-fargate",
    view=Addon,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="The add-on annotates its pods for EC2 unless its configuration says computeType: Fargate.",
    fix='Set the add-on\'s configuration values to {"computeType": "Fargate"}.',
    evidence=("https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html#fargate-gs-coredns",),
)
