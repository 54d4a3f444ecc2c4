"""The programs that carry a rehearsal out: Terraform or OpenTofu, and the providers that lie on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from onetake.knowledge import versions
from onetake.model.records import record
from onetake.providers.binaries import HOST, places, version_of

TOFU_HOST = "registry.opentofu.org"
AWS = "hashicorp/aws"
SECONDS = 60
"""Longer than any program needs to tell its version."""


class Unavailable(Exception):
    """Something that a rehearsal needs is not on this machine; exit code 3.

    Attributes:
        message: what is missing, in one line.
        remedy: what to install.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


@record
class Engine:
    """The program that deploys."""

    tool: str
    """``terraform`` or ``opentofu``."""
    program: Path
    version: str

    def __str__(self) -> str:
        return f"{self.tool} {self.version}"


@record
class Mirror:
    """A folder that offers the providers of this machine to the engine, each linked from where it lies."""

    folder: Path
    providers: Mapping[str, tuple[str, ...]]
    """Versions by source (``hashicorp/aws``), newest first."""

    def chosen(self, source: str, constraint: str) -> tuple[str, bool]:
        """The version to rehearse with, and whether the program's own constraint admits it.

        Raises:
            Unavailable: there is none of this provider at all.
        """
        held = self.providers.get(source, ())
        if not held:
            raise missing(source)
        terms = versions.constraint(constraint)
        for text in held:
            number = versions.version(text)
            if number is not None and (terms is None or versions.fulfilled(terms, number)):
                return text, True
        return held[0], False


def full_source(written: str) -> str:
    """The source of a provider with its namespace and without its host: ``aws`` is ``hashicorp/aws``."""
    parts = written.split("/")
    return f"hashicorp/{parts[0]}" if len(parts) == 1 else "/".join(parts[-2:])


def missing(source: str) -> Unavailable:
    """The error for a provider that is not here."""
    return Unavailable(
        f"the provider {source} is not on this machine",
        "run terraform init once in the program's folder, or set TF_PLUGIN_CACHE_DIR or a filesystem_mirror in the "
        "CLI configuration to where it lies",
    )


def require_moto() -> None:
    """Make sure that the emulator is installed.

    Raises:
        Unavailable: it is not.
    """
    from importlib.util import find_spec

    for name in ("moto", "flask", "botocore"):
        if find_spec(name) is None:
            raise Unavailable("the emulator is not installed", "pip install 'onetake[emulator]'")


def engine(tool: str | None = None) -> Engine:
    """Terraform, or OpenTofu where there is no Terraform or it is asked for.

    Args:
        tool: ``terraform``, ``opentofu`` (or ``tofu``), or ``None`` for the first that is found.

    Raises:
        Unavailable: there is none on ``PATH``, or it cannot be run.
    """
    wanted = {None: ("terraform", "tofu"), "terraform": ("terraform",)}.get(tool, ("tofu",))
    for name in wanted:
        program = shutil.which(name)
        if program:
            return Engine("terraform" if name == "terraform" else "opentofu", Path(program), _version(program))
    raise Unavailable(
        f"{' or '.join(wanted)} is not on PATH",
        "install Terraform (developer.hashicorp.com/terraform/install) or OpenTofu (opentofu.org/docs/intro/install)",
    )


def _version(program: str) -> str:
    environment = {**os.environ, "CHECKPOINT_DISABLE": "1"}
    try:
        said = subprocess.run(  # noqa: S603 - the engine on the user's PATH
            [program, "version", "-json"], capture_output=True, timeout=SECONDS, check=True, env=environment
        )
        return str(json.loads(said.stdout)["terraform_version"])
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        raise Unavailable(f"{program} does not tell its version: {error}", "see whether it runs") from error


def mirror(target: Path, program: Path | None) -> Mirror:
    """Link every provider of this machine below ``target``, which is what a ``filesystem_mirror`` looks like.

    What ``terraform init`` once put beside the program, plugin caches and mirrors all serve: no network is needed, and
    versions that the program does not want can be chosen when nothing else is here. OpenTofu gets the same programs.
    """
    found: dict[str, set[str]] = {}
    for place in places(program):
        for release in sorted(place.glob(f"{HOST}/*/*/*/*")) + sorted(place.glob(f"{TOFU_HOST}/*/*/*/*")):
            if not release.is_dir() or not any(version_of(file) for file in release.iterdir()):
                continue
            namespace, name, version, machine = release.parts[-4:]
            if versions.version(version) is None:
                continue
            for host in (HOST, TOFU_HOST):
                link = target / host / namespace / name / version / machine
                if not link.exists():
                    link.parent.mkdir(parents=True, exist_ok=True)
                    link.symlink_to(os.path.realpath(release), target_is_directory=True)
            found.setdefault(f"{namespace}/{name}", set()).add(version)
    return Mirror(target, {source: tuple(_newest_first(held)) for source, held in found.items()})


def _newest_first(held: set[str]) -> Sequence[str]:
    return sorted(held, key=lambda text: versions.version(text) or (0, 0, 0), reverse=True)
