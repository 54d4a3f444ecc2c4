"""Small configurations in which each resource type that platforms use stands at least once, with what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.oracle_emulator.building import Build
from tools.oracle_emulator.configurations import audit, containers, data, delivery, edge, kubernetes, perimeter, regions

ALL: Mapping[str, Callable[[Build], None]] = {
    "audit": audit.build,
    "containers": containers.build,
    "data": data.build,
    "delivery": delivery.build,
    "edge": edge.build,
    "kubernetes": kubernetes.build,
    "perimeter": perimeter.build,
    "regions": regions.build,
}
