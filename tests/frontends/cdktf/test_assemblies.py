"""What CDKTF and cdktn write is read stack by stack, with the constructs that made each resource."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onetake.frontends import cdktf
from onetake.frontends.files import Options, Unreadable
from onetake.model.values import plain

MANIFEST = {
    "version": "0.20.12",
    "stacks": {
        "network": {"name": "network", "synthesizedStackPath": "stacks/network/cdk.tf.json"},
        "app": {"name": "app", "synthesizedStackPath": "stacks/app/cdk.tf.json"},
    },
}


def synthesized(name: str, version: str = "0.20.12") -> str:
    return json.dumps(
        {
            "//": {"metadata": {"backend": "local", "stackName": name, "version": version}, "outputs": {}},
            "resource": {
                "aws_sqs_queue": {
                    "jobs_1A2B": {"//": {"metadata": {"path": f"{name}/jobs", "uniqueId": "jobs_1A2B"}}, "name": name}
                }
            },
        }
    )


def assembly(folder: Path, manifest: object = MANIFEST) -> Path:
    for name in ("network", "app"):
        (folder / "stacks" / name).mkdir(parents=True)
        (folder / "stacks" / name / "cdk.tf.json").write_text(synthesized(name))
    (folder / "manifest.json").write_text(manifest if isinstance(manifest, str) else json.dumps(manifest))
    return folder


def test_the_stacks_of_a_manifest_in_its_order(tmp_path: Path) -> None:
    stacks = cdktf.read(assembly(tmp_path), Options(root=tmp_path))

    assert [(stack.name, stack.construct_tool, stack.where.file) for stack in stacks] == [
        ("network", "cdktf", "stacks/network/cdk.tf.json"),
        ("app", "cdktf", "stacks/app/cdk.tf.json"),
    ]
    queue = stacks[0].resources["aws_sqs_queue.jobs_1A2B"]
    assert (queue.construct, plain(queue.argument("name")), list(queue.arguments)) == (
        "network/jobs",
        "network",
        ["name"],
    )


@pytest.mark.parametrize(("version", "tool"), [("0.20.12", "cdktf"), ("0.21.0", "cdktf"), ("0.22.0", "cdktn")])
def test_the_tool_is_told_by_its_version(tmp_path: Path, version: str, tool: str) -> None:
    path = tmp_path / "cdk.tf.json"
    path.write_text(synthesized("app", version))

    for given in (path, tmp_path):
        (stack,) = cdktf.read(given, Options(root=tmp_path))
        assert (stack.name, stack.construct_tool) == ("app", tool)


@pytest.mark.parametrize(
    "manifest",
    ["{", "[]", {"stacks": {"a": {}}}, {"stacks": {"a": {"synthesizedStackPath": "../../outside/cdk.tf.json"}}}],
)
def test_a_manifest_that_cannot_be_followed_is_unreadable(tmp_path: Path, manifest: object) -> None:
    folder = assembly(tmp_path / "cdktf.out", manifest)
    with pytest.raises(Unreadable):
        cdktf.read(folder, Options(root=folder))
