"""The bucket for Terraform's state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import onetake
from onetake.platforms import App, Refused, StateBucket
from tests.platforms.synthesized import Copy


def made(folder: Path, **given: str) -> Copy:
    app = App(outdir=str(folder))
    StateBucket(app, **({"environment_suffix": "shared"} | given))  # type: ignore[arg-type]
    app.synth()
    (path,) = folder.glob("stacks/*/cdk.tf.json")
    return Copy("terraform-state", given.get("environment", "prod"), path)


def test_it_would_deploy_and_is_not_deleted_by_a_command(tmp_path: Path):
    copy = made(tmp_path)
    report = onetake.check(copy.path, as_of="2026-11-28")

    assert list(report.findings) == []
    assert report.verdict.headline == "would deploy"
    for kind in ("aws_s3_bucket", "aws_kms_key"):
        for one in copy.of(kind).values():
            assert one["lifecycle"] == {"prevent_destroy": True}
    assert [one["force_destroy"] for one in copy.of("aws_s3_bucket").values()] == [False, False]


def test_state_is_versioned_and_encrypted_with_its_own_key(tmp_path: Path):
    copy = made(tmp_path, environment_suffix="abcdefghijk1", aws_region="ap-southeast-2")
    versioning, encryption = (
        copy.side("bucket", "versioning"),
        copy.side("bucket", "server_side_encryption_configuration"),
    )

    assert versioning is not None
    assert encryption is not None
    assert versioning["versioning_configuration"] == {"status": "Enabled"}
    default = encryption["rule"][0]["apply_server_side_encryption_by_default"]
    assert default == {"sse_algorithm": "aws:kms", "kms_master_key_id": "${aws_kms_key.key.arn}"}
    rules = copy.side("bucket", "lifecycle_configuration")
    assert rules is not None
    # State is never expired or moved to where it cannot be read at once.
    assert not [one for one in rules["rule"] if "expiration" in one or "transition" in one]


def test_its_own_state_lies_beside_it_and_it_tells_the_settings_of_others(tmp_path: Path):
    copy = made(tmp_path, aws_region="eu-west-1")

    assert copy.json["terraform"]["backend"] == {"local": {"path": "terraform.tfstate"}}
    lines = copy.json["output"]["settings"]["value"].splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["[state]", "bucket", "kms_key_id", "region"]
    assert lines[-1] == 'region = "eu-west-1"'
    assert json.dumps(lines[2]) == '"kms_key_id = \\"${aws_kms_key.key.arn}\\""'


def test_what_is_wrong_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match="environment_suffix='SHARED'"):
        made(tmp_path, environment_suffix="SHARED")
