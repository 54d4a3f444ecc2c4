"""Cloud assemblies of the AWS CDK."""

import json
from pathlib import Path
from typing import Any

import pytest

from onetake.frontends import cdk
from onetake.frontends.files import Options, Unreadable
from onetake.model.assumptions import Assumptions
from onetake.model.values import Gap, Known
from tests.frontends.cloudformation.templates import shown

BUCKET = {
    "Type": "AWS::S3::Bucket",
    "Properties": {"BucketName": {"Fn::Sub": "logs-${AWS::AccountId}-${AWS::Region}"}},
    "Metadata": {"aws:cdk:path": "App/Bucket/Resource"},
}


def artifact(template: str, environment: str) -> dict[str, Any]:
    return {"type": "aws:cloudformation:stack", "environment": environment, "properties": {"templateFile": template}}


def assembly(folder: Path, artifacts: dict[str, Any], **templates: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({"version": "38.0.0", "artifacts": artifacts}))
    for name, data in templates.items():
        (folder / f"{name}.template.json").write_text(json.dumps(data))
    return folder


def test_each_stack_lies_where_its_environment_says(tmp_path: Path) -> None:
    artifacts = {
        "Placed": artifact("a.template.json", "aws://111122223333/eu-west-1"),
        "Free": artifact("a.template.json", "aws://unknown-account/unknown-region"),
        "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
    }
    folder = assembly(tmp_path / "cdk.out", artifacts, a={"Resources": {"B": BUCKET}})
    placed, free = cdk.read(folder, Options(root=tmp_path))

    assert [(one.name, one.construct_tool, one.where.file) for one in (placed, free)] == [
        ("Placed", "cdk", "cdk.out/a.template.json"),
        ("Free", "cdk", "cdk.out/a.template.json"),
    ]
    assert shown(placed.resources["B"].argument("BucketName")) == "logs-111122223333-eu-west-1"
    assert shown(free.resources["B"].argument("BucketName")) == (
        "logs-",
        Gap("AWS::AccountId"),
        "-",
        Gap("AWS::Region"),
    )
    assert placed.resources["B"].construct == "App/Bucket/Resource"
    assert isinstance(placed.resources["B"].region, Known)
    assert (placed.assumptions.region, placed.assumptions.region_given) == ("eu-west-1", True)


def test_the_region_that_the_user_gives_is_for_stacks_that_name_none(tmp_path: Path) -> None:
    artifacts = {
        "Placed": artifact("a.template.json", "aws://unknown-account/eu-west-1"),
        "Free": artifact("a.template.json", "aws://unknown-account/unknown-region"),
    }
    folder = assembly(tmp_path / "cdk.out", artifacts, a={"Resources": {"B": BUCKET}})
    found = cdk.read(folder, Options(root=tmp_path, assumptions=Assumptions(region="us-west-2", region_given=True)))

    assert [one.assumptions.region for one in found] == ["eu-west-1", "us-west-2"]


def test_stages_and_nested_stacks_are_read(tmp_path: Path) -> None:
    nested = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": {"Fn::Sub": "https://s3.${AWS::URLSuffix}/x"}},
        "Metadata": {"aws:cdk:path": "Prod/Main/Inner", "aws:asset:path": "inner.template.json"},
    }
    folder = assembly(
        tmp_path / "cdk.out",
        {"Stage": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}},
    )
    assembly(
        folder / "assembly-Prod",
        {"Main": artifact("main.template.json", "aws://unknown-account/eu-west-1")},
        main={"Resources": {"Inner": nested}},
        inner={"Resources": {"B": BUCKET}},
    )
    main, inner = cdk.read(folder, Options(root=tmp_path))

    assert (main.name, inner.name, inner.construct_tool) == ("Main", "Main/Inner", "cdk")
    assert shown(inner.resources["B"].argument("BucketName")) == ("logs-", Gap("AWS::AccountId"), "-eu-west-1")


@pytest.mark.parametrize("manifest", ["{", "[" * 100_000])
def test_a_manifest_that_is_none_is_unreadable(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest)

    with pytest.raises(Unreadable):
        cdk.read(tmp_path, Options(root=tmp_path))


@pytest.mark.parametrize("manifest", ["[]", '{"artifacts": []}', '{"artifacts": {"A": 1, "B": {"properties": 1}}}'])
def test_a_manifest_without_stacks_holds_none(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest)

    assert cdk.read(tmp_path, Options(root=tmp_path)) == []


def test_a_template_that_is_missing_is_unreadable(tmp_path: Path) -> None:
    folder = assembly(tmp_path, {"A": artifact("gone.template.json", "aws://unknown-account/unknown-region")})

    with pytest.raises(Unreadable):
        cdk.read(folder, Options(root=tmp_path))
