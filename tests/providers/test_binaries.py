"""Finding a provider's program where Terraform would."""

import platform
import sys
from pathlib import Path

import pytest

from onetake.providers.binaries import HOST, find, version_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are named for Linux here")
MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def install(place: Path, version: str, *, executable: bool = True) -> Path:
    file = place / HOST / "hashicorp/aws" / version / f"linux_{MACHINE}" / f"terraform-provider-aws_v{version}_x5"
    file.parent.mkdir(parents=True)
    file.write_text("")
    file.chmod(0o755 if executable else 0o644)
    return file


@pytest.fixture(autouse=True)
def no_settings(monkeypatch, tmp_path):
    for name in ("TF_PLUGIN_CACHE_DIR", "TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG", "TF_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def test_there_is_none_where_nothing_is_installed():
    assert find() is None


def test_what_the_configuration_installed_comes_first_then_the_newest(tmp_path, monkeypatch):
    cache, here = tmp_path / "cache", tmp_path / "program"
    monkeypatch.setenv("TF_PLUGIN_CACHE_DIR", str(cache))
    install(cache, "5.9.0")
    newest = install(cache, "5.100.0")
    mine = install(here / ".terraform" / "providers", "5.31.0")

    assert find() == newest
    assert (
        find(version="5.9.0") == newest.parents[2] / "5.9.0" / newest.parent.name / "terraform-provider-aws_v5.9.0_x5"
    )
    assert find(folder=here) == mine
    assert find(folder=here, version="5.100.0") == newest
    assert find(version="4.0.0") is None


def test_mirrors_and_caches_of_the_cli_configuration_are_looked_at(tmp_path, monkeypatch):
    mirror, cache = tmp_path / "mirror", tmp_path / "kept"
    settings = tmp_path / "terraform.rc"
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(settings))
    settings.write_text(
        f'plugin_cache_dir = "{cache}"\n'
        f'provider_installation {{\n  filesystem_mirror {{\n    path    = "{mirror}"\n    include = ["*/*"]\n  }}\n}}\n'
    )
    kept = install(cache, "5.1.0")
    assert find() == kept
    mirrored = install(mirror, "5.0.0")
    assert find() == mirrored


def test_the_implied_mirror_is_looked_at_and_files_that_are_no_programs_are_not(tmp_path):
    install(tmp_path / "home/.terraform.d/plugins", "5.2.0", executable=False)
    assert find() is None
    assert find("hashicorp/random") is None
    found = install(tmp_path / "home/.terraform.d/plugins", "5.1.0")
    assert find() == found


def test_versions_are_read_from_names(tmp_path):
    assert version_of(tmp_path / "terraform-provider-aws_v5.100.0_x5") == "5.100.0"
    assert version_of(tmp_path / "terraform-provider-aws_v6.0.0.exe") == "6.0.0"
    assert version_of(tmp_path / "provider") is None
