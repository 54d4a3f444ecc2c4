"""What an environment costs and how it is protected: the common part of all platforms' settings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypedDict

from onetake.model.records import record, replace
from onetake.platforms.parameters import Environment, flag, retention, whole
from onetake.platforms.refusals import Refused, one_of


@record
class Profile:
    """The settings of one environment.

    Attributes:
        availability_zones: how many the network spans.
        nat_gateways: 0, 1, or one for each zone.
        interface_endpoint_zones: in how many zones interface endpoints stand; 0 means that there are none.
        flow_log_interval: seconds over which flows are aggregated, 60 or 600.
        flow_log_retention: days.
        log_retention: days, of application and audit log groups.
        key_deletion_window: days for which a deleted key can be brought back, 7 to 30.
        protected: whether AWS and Terraform refuse to delete what holds data.
        secret_recovery_window: days for which a deleted secret can be brought back; 0 or 7 to 30.
        backup_retention: days.
        multi_az: whether data stores have a standby in another zone.
        off_hours: whether capacity is scaled to nothing at night and on weekends.
        monthly_budget: US dollars.
    """

    availability_zones: int
    nat_gateways: int
    interface_endpoint_zones: int
    flow_log_interval: int
    flow_log_retention: int
    log_retention: int
    key_deletion_window: int
    protected: bool
    secret_recovery_window: int
    backup_retention: int
    multi_az: bool
    off_hours: bool
    monthly_budget: int


class Overrides(TypedDict, total=False):
    """Settings of a profile that a stack gives otherwise; see ``Profile`` for their meaning."""

    availability_zones: int
    nat_gateways: int
    interface_endpoint_zones: int
    flow_log_interval: int
    flow_log_retention: int
    log_retention: int
    key_deletion_window: int
    protected: bool
    secret_recovery_window: int
    backup_retention: int
    multi_az: bool
    off_hours: bool
    monthly_budget: int


PROFILES: Final[Mapping[Environment, Profile]] = {
    "dev": Profile(
        availability_zones=2,
        nat_gateways=1,
        interface_endpoint_zones=0,
        flow_log_interval=600,
        flow_log_retention=7,
        log_retention=7,
        key_deletion_window=7,
        protected=False,
        secret_recovery_window=0,
        backup_retention=1,
        multi_az=False,
        off_hours=True,
        monthly_budget=150,
    ),
    "staging": Profile(
        availability_zones=3,
        nat_gateways=1,
        interface_endpoint_zones=1,
        flow_log_interval=600,
        flow_log_retention=30,
        log_retention=30,
        key_deletion_window=7,
        protected=False,
        secret_recovery_window=7,
        backup_retention=7,
        multi_az=True,
        off_hours=True,
        monthly_budget=600,
    ),
    "prod": Profile(
        availability_zones=3,
        nat_gateways=3,
        interface_endpoint_zones=3,
        flow_log_interval=60,
        flow_log_retention=400,
        log_retention=400,
        key_deletion_window=30,
        protected=True,
        secret_recovery_window=30,
        backup_retention=35,
        multi_az=True,
        off_hours=False,
        monthly_budget=5_000,
    ),
}

_CHECKS: Final[Mapping[str, Callable[[str, object], object]]] = {
    "availability_zones": lambda name, value: whole(name, value, 2, 3),
    "nat_gateways": lambda name, value: whole(name, value, 0, 3),
    "interface_endpoint_zones": lambda name, value: whole(name, value, 0, 3),
    "flow_log_interval": lambda name, value: _among(name, value, (60, 600)),
    "flow_log_retention": retention,
    "log_retention": retention,
    "key_deletion_window": lambda name, value: whole(name, value, 7, 30),
    "protected": flag,
    "secret_recovery_window": lambda name, value: 0 if value == 0 else whole(name, value, 7, 30),
    "backup_retention": lambda name, value: whole(name, value, 1, 35),
    "multi_az": flag,
    "off_hours": flag,
    "monthly_budget": lambda name, value: whole(name, value, 1, 10_000_000),
}


def profile(
    environment: Environment,
    overrides: Overrides | None = None,
    *,
    usual: Overrides | None = None,
    unused: Collection[str] = (),
) -> Profile:
    """The profile of an environment, with what a stack gives otherwise.

    Args:
        environment: whose.
        overrides: what the stack gives.
        usual: in what the platform's profile differs from the common one.
        unused: settings that change nothing in this stack: to be given one is a mistake.

    Raises:
        Refused: a key is unknown or unused, a value is of the wrong type or out of range, or two values contradict each
            other.
    """
    base = replace(PROFILES[environment], **(usual or {}))
    if overrides is None:
        return base
    if not isinstance(overrides, Mapping):
        raise Refused("overrides", overrides, "it has to be a mapping of settings to values")
    for name, value in overrides.items():
        if name not in _CHECKS or name in unused:
            raise Refused("overrides", name, one_of([one for one in _CHECKS if one not in unused]))
        _CHECKS[name](f"overrides[{name!r}]", value)
    made = replace(base, **overrides)
    zones = made.availability_zones
    if "nat_gateways" not in overrides and made.nat_gateways > 1:
        made = replace(made, nat_gateways=zones)
    if made.nat_gateways not in (0, 1, zones):
        raise Refused(
            "overrides['nat_gateways']", made.nat_gateways, f"it has to be 0, 1 or {zones}, one for each zone"
        )
    if made.interface_endpoint_zones > zones:
        if "interface_endpoint_zones" in overrides:
            raise Refused("overrides['interface_endpoint_zones']", made.interface_endpoint_zones, f"at most {zones}")
        made = replace(made, interface_endpoint_zones=zones)
    return made


def _among(name: str, value: object, values: tuple[int, ...]) -> object:
    if value not in values or isinstance(value, bool):
        raise Refused(name, value, one_of(values))
    return value
