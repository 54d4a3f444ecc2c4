"""The checks of level E: platforms deployed with the real Terraform and AWS provider to the emulator.

A rehearsal takes minutes. ``eks-microservices-dev`` is deployed in every run where Terraform and the provider are;
``pytest --rehearse all`` (or names of variants, with commas between) deploys the others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.platforms.probes import PROBES
from tests.platforms.rehearsed import VARIANTS, Rehearsed, lacking, rehearsed

DEV = [one for one in VARIANTS if one.endswith("-dev")]
PROD = [one for one in VARIANTS if one.endswith("-prod")]
DESTROYED = [one for one in VARIANTS if one not in PROD]


@pytest.fixture(scope="session")
def rehearsal(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, pytestconfig: pytest.Config
) -> Callable[[str], Rehearsed]:
    """A variant, deployed by the first test of any worker that asks for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "rehearsals"
    asked = str(pytestconfig.getoption("--rehearse")).split(",")
    known: dict[str, Rehearsed] = {}

    def rehearsal(variant: str) -> Rehearsed:
        if variant not in asked and asked != ["all"]:
            pytest.skip(f"rehearsed on demand: pytest --rehearse {variant}")
        reason = lacking()
        if reason:
            pytest.skip(reason)
        if variant not in known:
            known[variant] = rehearsed(variant, folder, PROBES.get(variant.rpartition("-")[0], {}))
        return known[variant]

    return rehearsal


@pytest.mark.parametrize("variant", VARIANTS)
def test_all_16_everything_is_applied_and_what_cannot_be_is_named(variant: str, rehearsal: Callable[[str], Rehearsed]):
    found = rehearsal(variant)
    fates = found.fates()
    assert fates.keys() == found.declared
    assert {name: fate for name, fate in fates.items() if fate not in {"created", "not rehearsed"}} == {}
    assert found.step("apply")["ok"] or "not rehearsed" in fates.values()
    for one in found.told["resources"]:
        assert (one["fate"] == "not rehearsed") == bool(one.get("gap"))


@pytest.mark.parametrize("variant", VARIANTS)
def test_all_17_a_second_plan_is_empty(variant: str, rehearsal: Callable[[str], Rehearsed]):
    found = rehearsal(variant)
    assert found.step("second plan")["ok"]
    unsettled = [one for one in found.told["resources"] if one.get("changes")]
    assert [(one["address"], one["changes"]) for one in unsettled] == []


@pytest.mark.parametrize("variant", DESTROYED)
def test_all_18_destroy_leaves_nothing(variant: str, rehearsal: Callable[[str], Rehearsed]):
    found = rehearsal(variant)
    assert found.step("destroy")["ok"]
    assert found.told["left"] == []


@pytest.mark.parametrize("variant", PROD)
def test_all_18_destroy_of_prod_is_refused(variant: str, rehearsal: Callable[[str], Rehearsed]):
    found = rehearsal(variant)
    assert found.told["protected"]
    assert any(note.startswith("destroy was refused, as prevent_destroy asks") for note in found.told["notes"])


@pytest.mark.parametrize("variant", DEV)
def test_all_19_two_suffixes_stand_side_by_side(variant: str, rehearsal: Callable[[str], Rehearsed]):
    found = rehearsal(variant)
    (second,) = found.told["beside"]
    assert second["outcome"] in {"deploys", "deploys as far as it could be rehearsed"}
    assert found.fates(second).keys() == found.declared_by(second["program"])
    assert set(found.fates(second).values()) <= {"created", "not rehearsed"}
    assert Path(second["program"]).name.endswith("-two")


def probed(check: str) -> list[str]:
    """The variants that answer a check."""
    return [one for one in VARIANTS if check in PROBES.get(one.rpartition("-")[0], {})]


@pytest.mark.parametrize("variant", probed("EKS-05"))
def test_eks_05_what_the_cluster_says_of_itself(variant: str, rehearsal: Callable[[str], Rehearsed]):
    assert rehearsal(variant).probe("EKS-05") == ""


@pytest.mark.parametrize("variant", probed("BASE-02"))
def test_base_02_trail_recorder_detector_and_passwords(variant: str, rehearsal: Callable[[str], Rehearsed]):
    assert rehearsal(variant).probe("BASE-02") == ""


@pytest.mark.parametrize("variant", probed("BASE-03"))
def test_base_03_the_audit_trail_is_locked(variant: str, rehearsal: Callable[[str], Rehearsed]):
    """In dev the bucket goes with what is in it, which ALL-18 sees; in prod nobody can take it away."""
    assert rehearsal(variant).probe("BASE-03") == ""


@pytest.mark.parametrize("variant", probed("FIN-02"))
def test_fin_02_no_password_in_the_state_and_a_secret_that_rotates(variant: str, rehearsal: Callable[[str], Rehearsed]):
    assert rehearsal(variant).probe("FIN-02") == ""


@pytest.mark.parametrize("variant", probed("FIN-06"))
def test_fin_06_web_acls_and_the_latest_launch_template(variant: str, rehearsal: Callable[[str], Rehearsed]):
    assert rehearsal(variant).probe("FIN-06") == ""


@pytest.mark.parametrize("variant", probed("GS-05"))
def test_gs_05_the_password_is_in_a_secret_of_both_regions_only(variant: str, rehearsal: Callable[[str], Rehearsed]):
    assert rehearsal(variant).probe("GS-05") == ""


@pytest.mark.parametrize("variant", probed("GS-06"))
def test_gs_06_the_second_region_stands_and_takes_over(variant: str, rehearsal: Callable[[str], Rehearsed]):
    assert rehearsal(variant).probe("GS-06") == ""


@pytest.mark.parametrize("variant", probed("ZTP-05"))
def test_ztp_05_clients_and_services_prove_who_they_are(variant: str, rehearsal: Callable[[str], Rehearsed]):
    assert rehearsal(variant).probe("ZTP-05") == ""


@pytest.mark.parametrize("variant", probed("ZTP-06"))
def test_ztp_06_what_was_audited_is_locked(variant: str, rehearsal: Callable[[str], Rehearsed]):
    """In dev the bucket goes with what is in it, which ALL-18 sees."""
    assert rehearsal(variant).probe("ZTP-06") == ""
