"""The programs that a rehearsal needs, and what is said when they are not there."""

import os
import platform
import sys
from pathlib import Path

import pytest

from onetake.emulator import tooling
from onetake.emulator.tooling import Mirror, Unavailable


def test_no_engine_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="terraform or tofu is not on PATH") as raised:
        tooling.engine()
    assert "install Terraform" in raised.value.remedy
    with pytest.raises(Unavailable, match=r"^tofu is not on PATH"):
        tooling.engine("opentofu")


def test_an_engine_tells_its_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    _script(tmp_path / "tofu", """print('{"terraform_version": "1.9.1"}')""")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert str(tooling.engine()) == "opentofu 1.9.1"


def test_an_engine_that_does_not_run_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    _script(tmp_path / "terraform", "raise SystemExit(1)")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="does not tell its version"):
        tooling.engine()


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!{sys.executable}\n{body}\n")
    path.chmod(0o755)


def test_providers_of_caches_and_mirrors_are_linked_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    for place, version in (("cache", "5.9.0"), ("program/.terraform/providers", "5.100.0")):
        folder = tmp_path / place / "registry.terraform.io" / "hashicorp" / "aws" / version / f"linux_{machine}"
        folder.mkdir(parents=True)
        (folder / f"terraform-provider-aws_v{version}_x5").write_text("")
    monkeypatch.setenv("TF_PLUGIN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path))
    mirror = tooling.mirror(tmp_path / "mirror", tmp_path / "program")
    assert mirror.providers == {"hashicorp/aws": ("5.100.0", "5.9.0")}
    for host in ("registry.terraform.io", "registry.opentofu.org"):
        links = [path for path in (mirror.folder / host / "hashicorp" / "aws").glob("*/*") if path.is_symlink()]
        assert len(links) == 2


def test_the_version_is_the_newest_that_the_program_admits():
    mirror = Mirror(Path(), {"hashicorp/aws": ("6.1.0", "5.100.0", "5.9.0")})
    assert mirror.chosen("hashicorp/aws", "~> 5.0") == ("5.100.0", True)
    assert mirror.chosen("hashicorp/aws", "") == ("6.1.0", True)
    assert mirror.chosen("hashicorp/aws", "~> 4.0") == ("6.1.0", False)
    with pytest.raises(Unavailable, match="the provider hashicorp/random is not on this machine"):
        mirror.chosen("hashicorp/random", "")


def test_the_emulator_is_installed_here_and_its_absence_is_told(monkeypatch: pytest.MonkeyPatch):
    tooling.require_moto()
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(Unavailable) as raised:
        tooling.require_moto()
    assert raised.value.remedy == "pip install 'onetake[emulator]'"


def test_sources_are_written_short_and_long():
    for written in ("aws", "hashicorp/aws", "registry.terraform.io/hashicorp/aws"):
        assert tooling.full_source(written) == "hashicorp/aws"
    assert tooling.full_source("integrations/github") == "integrations/github"
