"""Where provider programs lie on a machine: where Terraform installed them, or finds them."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HOST = "registry.terraform.io"
_NAME = re.compile(r"^terraform-provider-(?P<name>[a-z0-9-]+)_v(?P<version>\d+\.\d+\.\d+)(_x\d+)?(\.exe)?$")
_MIRROR = re.compile(r'filesystem_mirror\s*\{[^}]*?path\s*=\s*"((?:[^"\\]|\\.)*)"', re.DOTALL)
_CACHE = re.compile(r'^\s*plugin_cache_dir\s*=\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)


def version_of(binary: Path) -> str | None:
    """The version in the name of a provider's program; ``None`` when it is named in another way."""
    found = _NAME.match(binary.name)
    return found["version"] if found else None


def find(source: str = "hashicorp/aws", version: str = "", folder: Path | None = None) -> Path | None:
    """A provider's program of the given version, or the newest; ``None`` when there is none on this machine.

    ``folder`` is a Terraform configuration, whose ``.terraform/providers`` is looked at first. Then come
    ``TF_PLUGIN_CACHE_DIR``, the mirrors and the cache of the CLI configuration, and the implied mirrors.
    """
    for place in places(folder):
        found = {
            text: file
            for file in sorted(_programs(place, source))
            if (text := version_of(file)) and (not version or text == version)
        }
        if found:
            return found[max(found, key=_numbers)]
    return None


def places(folder: Path | None = None) -> Iterator[Path]:
    """The folders that hold providers by host, namespace, name, version and platform."""
    if folder is not None:
        yield Path(os.environ.get("TF_DATA_DIR") or folder / ".terraform") / "providers"
    cache = os.environ.get("TF_PLUGIN_CACHE_DIR")
    if cache:
        yield Path(cache)
    text = _cli_configuration()
    for pattern in (_MIRROR, _CACHE):
        yield from (_expanded(found) for found in pattern.findall(text))
    yield _settings() / "plugins"
    yield Path("terraform.d") / "plugins"


def _cli_configuration() -> str:
    named = os.environ.get("TF_CLI_CONFIG_FILE") or os.environ.get("TERRAFORM_CONFIG")
    windows = sys.platform == "win32"
    default = Path(os.environ.get("APPDATA", "")) / "terraform.rc" if windows else Path.home() / ".terraformrc"
    try:
        return (Path(named) if named else default).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _settings() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", "")) / "terraform.d"
    return Path.home() / ".terraform.d"


def _expanded(text: str) -> Path:
    return Path(os.path.expandvars(text.replace("\\\\", "\\"))).expanduser()


def _programs(place: Path, source: str) -> Iterator[Path]:
    machine = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    system = {"linux": "linux", "darwin": "darwin", "win32": "windows"}.get(sys.platform, sys.platform)
    name = source.rpartition("/")[2]
    for file in (place / HOST / source).glob(f"*/{system}_{machine}/terraform-provider-{name}_v*"):
        if file.is_file() and os.access(file, os.X_OK):
            yield file


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
