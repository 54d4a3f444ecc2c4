"""Overrides of a profile: each one that a platform takes changes it, and one that would change nothing is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onetake.model.records import names, replace
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.profiles import profile
from onetake.platforms.refusals import Refused
from tests.platforms.synthesized import make

OTHERWISE: dict[str, Any] = {
    "availability_zones": 2,
    "nat_gateways": 3,
    "interface_endpoint_zones": 3,
    "flow_log_interval": 60,
    "flow_log_retention": 14,
    "log_retention": 14,
    "key_deletion_window": 9,
    "protected": True,
    "secret_recovery_window": 9,
    "backup_retention": 9,
    "multi_az": False,
    "off_hours": False,
    "monthly_budget": 777,
}
"""Of each setting a value that staging does not have."""


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The stack of each platform in staging."""
    folder = tmp_path_factory.mktemp("usual")
    return {name: make(name, "staging", "st", folder / name).read_text() for name in PLATFORMS}


def test_there_is_another_value_for_every_setting():
    assert set(OTHERWISE) == set(names(profile("dev")))


@pytest.mark.parametrize(
    ("platform", "setting"),
    [(name, one) for name, entry in PLATFORMS.items() for one in OTHERWISE if one not in entry.unused],
)
def test_an_override_that_is_taken_changes_the_stack(
    platform: str, setting: str, usual: dict[str, str], tmp_path: Path
):
    changed = make(platform, "staging", "st", tmp_path, overrides={setting: OTHERWISE[setting]})

    assert changed.read_text() != usual[platform]


@pytest.mark.parametrize("platform", [name for name, entry in PLATFORMS.items() if entry.unused])
def test_an_override_that_would_change_nothing_is_refused(
    platform: str, usual: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    entry = PLATFORMS[platform]
    for setting in entry.unused:
        with pytest.raises(Refused, match=f"overrides='{setting}': it has to be one of 'availability_zones', "):
            make(platform, "staging", "st", tmp_path / setting, overrides={setting: OTHERWISE[setting]})

    monkeypatch.setitem(PLATFORMS, platform, replace(entry, unused=()))
    everything = {setting: OTHERWISE[setting] for setting in entry.unused}
    changed = make(platform, "staging", "st", tmp_path / "all", overrides=everything)
    assert changed.read_text() == usual[platform]


@pytest.mark.parametrize(
    ("platform", "overrides", "told"),
    [
        ("eks-microservices", {"nat_gateways": 0, "interface_endpoint_zones": 0}, "it is the only way to AWS"),
        ("globalstream", {"nat_gateways": 0, "interface_endpoint_zones": 0}, "it is the only way to AWS"),
        ("zero-trust-payments", {"nat_gateways": 0}, "inspected egress leaves through NAT gateways"),
        ("zero-trust-payments", {"interface_endpoint_zones": 0}, "tasks and functions reach AWS by nothing else"),
    ],
)
def test_a_network_without_a_way_is_refused(platform: str, overrides: dict[str, int], told: str, tmp_path: Path):
    with pytest.raises(Refused, match=told):
        make(platform, "staging", "st", tmp_path, overrides=overrides)
