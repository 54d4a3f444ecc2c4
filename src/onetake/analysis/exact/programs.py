"""The provider's program that a stack would be deployed with, and how it is started: without network and account."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onetake.analysis.configuration import Misconfigured
from onetake.frontends.terraform.program import Program
from onetake.frontends.terraform.schemas.versions import SOURCE, locked, terms_of
from onetake.knowledge.terraform import provider_schema, schema_versions

if TYPE_CHECKING:
    from onetake.knowledge.terraform.schema import ProviderSchema
    from onetake.providers.client import Provider

NAMED = "ONETAKE_AWS_PROVIDER"
"""The variable of the environment that names a program."""
ALONE: Mapping[str, str] = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_ACCESS_KEY_ID": "onetake",
    "AWS_SECRET_ACCESS_KEY": "onetake",
}
"""With this the provider talks to nobody: no credentials of the user, and a port on which nothing listens."""
HASTY: Mapping[str, str] = {"GOGC": "400"}
"""It lives for a second or two: collecting garbage less often saves a fifth of that, for some more memory."""


def binary(program: Program) -> tuple[Path, str]:
    """The provider's program for ``program``, and its version.

    Raises:
        Misconfigured: there is none on this machine, or not the one that the program asks for.
    """
    from onetake.providers.binaries import find, version_of

    wanted = locked(program)
    named = os.environ.get(NAMED)
    found = Path(named) if named else find(SOURCE, wanted, program.folder)
    version = version_of(found) if found is not None and found.is_file() else None
    if named and version is None:
        raise Misconfigured(f"{NAMED} names {named}, which is no program of the AWS provider")
    if found is None or version is None:
        what = f"version {wanted} of the AWS provider" if wanted else "the AWS provider"
        raise Misconfigured(
            f"--exact asks {what}, which is not on this machine: run terraform init, or name its program in {NAMED}"
        )
    one, two, three = (int(number) for number in version.split("."))
    if not all(term.admits((one, two, three)) for term in terms_of(program)):
        raise Misconfigured(f"--exact found version {version} of the AWS provider, which the program does not admit")
    return found, version


def started(path: Path) -> Provider:
    """The provider, ready to be asked.

    Raises:
        Misconfigured: the packages that talk to it are not installed.
    """
    try:
        from onetake.providers.client import Provider
    except ImportError as error:
        raise Misconfigured(f'--exact needs the package {error.name}: pip install "onetake[exact]"') from error
    return Provider(path, environment={**ALONE, **HASTY})


def schemas(provider: Provider, version: str) -> ProviderSchema:
    """What the provider offers: from a pack, or asked where there is none of this version."""
    return provider_schema(version) if version in schema_versions() else provider.schema(version)


def settings(region: str) -> dict[str, Any]:
    """The configuration with which it plans."""
    checks = ("credentials_validation", "region_validation", "requesting_account_id", "metadata_api_check")
    skipped: dict[str, Any] = {f"skip_{check}": True for check in checks}
    skipped["skip_metadata_api_check"] = "true"
    return {"region": region, "access_key": "onetake", "secret_key": "onetake", "max_retries": 1, **skipped}
