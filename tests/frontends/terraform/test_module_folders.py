"""Modules of registries and repositories that lie in a ``--module-dir``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import onetake
from onetake.cli.main import command
from tests.frontends.terraform.programs import outputs, read, write

MODULE = 'variable "a" {}\noutput "where" {\n  value = "%s ${var.a}"\n}\n'
SOURCES = {
    "terraform-aws-modules/vpc/aws": "terraform-aws-modules/vpc/aws/main.tf",
    "registry.terraform.io/terraform-aws-modules/vpc/aws": "terraform-aws-modules/vpc/aws/main.tf",
    "acme/vpc/aws": "terraform-aws-vpc/main.tf",
    "acme/network/aws": "network/main.tf",
    "acme/vpc/aws//modules/inner": "terraform-aws-vpc/modules/inner/main.tf",
    "git::https://example.com/acme/network.git": "network/main.tf",
    "git::https://example.com/acme/network.git//sub?ref=v1.2.0": "network/sub/main.tf",
    "github.com/acme/network": "network/main.tf",
    "git@github.com:acme/network.git": "network/main.tf",
    "https://example.com/network?archive=zip": "network/main.tf",
}


def program(source: str, version: str = "") -> str:
    line = f'  version = "{version}"\n' if version else ""
    return f'module "m" {{\n  source = "{source}"\n{line}  a = "x"\n}}\noutput "o" {{\n  value = module.m.where\n}}\n'


@pytest.mark.parametrize(("source", "file"), SOURCES.items())
def test_where_a_module_is_looked_for(tmp_path: Path, source: str, file: str) -> None:
    kept = write(tmp_path / "kept", {file: MODULE % "found"})
    stack = read(tmp_path / "program", program(source), module_dirs=(kept,))

    assert outputs(stack) == {"o": "found x"}
    assert (stack.findings, stack.notes, stack.whole) == ([], [], True)


def test_the_newest_version_that_is_admitted(tmp_path: Path) -> None:
    folders = {f"acme/vpc/aws/{number}/main.tf": MODULE % number for number in ("1.2.0", "1.10.0", "2.0.0")}
    kept = write(tmp_path / "kept", folders)

    def chosen(version: str) -> object:
        return outputs(read(tmp_path / "program", program("acme/vpc/aws", version), module_dirs=(kept,)))["o"]

    assert [chosen(version) for version in ("", "~> 1.0", "1.2.0")] == ["2.0.0 x", "1.10.0 x", "1.2.0 x"]


def test_a_version_that_is_not_there_is_noted(tmp_path: Path) -> None:
    kept = write(tmp_path / "kept", {"acme/vpc/aws/1.2.0/main.tf": MODULE % "old"})
    stack = read(tmp_path / "program", program("acme/vpc/aws", "~> 3.0"), module_dirs=(kept,))

    assert [note.message for note in stack.notes] == [
        "module.m was not read: acme/vpc/aws is there as 1.2.0, which version ~> 3.0 does not admit"
    ]
    assert not stack.whole


@pytest.mark.parametrize("source", ["acme/../../aws", "acme/vpc/aws//../../../outside", "git::https://example.com/.."])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, source: str) -> None:
    write(tmp_path, {"outside/main.tf": MODULE % "outside", "main.tf": MODULE % "outside"})
    kept = write(tmp_path / "kept", {"terraform-aws-vpc/main.tf": MODULE % "found"})
    stack = read(tmp_path / "program", program(source), module_dirs=(kept,))

    assert not stack.whole
    assert len(stack.notes) == 1


def test_the_command_the_interface_and_the_configuration_take_it(tmp_path: Path) -> None:
    kept = write(tmp_path / "kept", {"acme/vpc/aws/main.tf": 'variable "b" {}\n'})
    folder = write(tmp_path / "program", {"main.tf": program("acme/vpc/aws")})

    said = CliRunner().invoke(
        command, ["check", str(folder), "--module-dir", str(kept), "--quiet"], standalone_mode=False
    )
    report = onetake.check(folder, module_dirs=[kept], config=False)
    (folder / "onetake.toml").write_text('module-dirs = ["../kept"]\n')
    configured = onetake.check(folder, config=folder / "onetake.toml")

    assert "terraform-missing-argument" in said.output
    assert [one.finding.rule for one in report.findings] == [one.finding.rule for one in configured.findings]
    assert "terraform-missing-argument" in [one.finding.rule for one in report.findings]
