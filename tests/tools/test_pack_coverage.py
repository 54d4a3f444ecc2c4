"""Packs do not shrink unnoticed, from one version to the next either."""

import json

import pytest

from tools.packs import coverage
from tools.packs.builders import BUILDERS
from tools.packs.inputs import inputs

COUNTS = {"schema-5.99.0": {"types": 90}, "schema-6.1.0": {"types": 1_000}, "actions": {"actions": 50}}


@pytest.fixture
def counts(tmp_path, monkeypatch):
    path = tmp_path / "counts.json"
    path.write_text(json.dumps(COUNTS))
    monkeypatch.setattr(coverage, "COUNTS", path)
    return path


@pytest.mark.parametrize(
    ("name", "types", "shrank"),
    [
        ("schema-5.99.0", 89, False),
        ("schema-5.99.0", 80, True),
        ("schema-5.100.0", 80, True),
        ("schema-5.100.0", 100, False),
        ("schema-7.0.0", 800, True),
        ("schema-7.0.0", 1_200, False),
        ("other-1.0.0", 1, False),
    ],
)
def test_a_pack_is_compared_with_the_version_before(counts, name, types, shrank):
    assert coverage.compare(name, {"types": types}, accept=False) is shrank


def test_accepted_counts_take_the_place_of_those_of_the_same_major_version(counts):
    assert not coverage.compare("schema-5.100.0", {"types": 10}, accept=True)

    assert json.loads(counts.read_text()) == {
        "actions": {"actions": 50},
        "schema-5.100.0": {"types": 10},
        "schema-6.1.0": {"types": 1_000},
    }


def test_the_names_of_packs_follow_the_lock_file():
    assert f"terraform-aws-plans-{inputs()['terraform-provider-aws'].version}" in BUILDERS
    assert f"terraform-aws-schema-{inputs()['cdktn-provider-aws'].of}" in BUILDERS
    assert set(BUILDERS) <= set(coverage.expected())
