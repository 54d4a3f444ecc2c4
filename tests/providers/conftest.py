"""The real AWS provider, where it is on the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onetake.knowledge.terraform.schema import ProviderSchema
from onetake.providers.binaries import find

if TYPE_CHECKING:
    from onetake.providers.client import Provider

VERSION = "5.100.0"


@pytest.fixture(scope="session")
def binary() -> Path:
    """Its program: ``ONETAKE_AWS_PROVIDER``, or where Terraform would find it."""
    chosen = os.environ.get("ONETAKE_AWS_PROVIDER")
    found = Path(chosen) if chosen else find("hashicorp/aws", VERSION)
    if found is None or not found.is_file():
        pytest.skip(f"the AWS provider {VERSION} is not on this machine (ONETAKE_AWS_PROVIDER names it)")
    return found


@pytest.fixture(scope="session")
def provider(binary: Path) -> Iterator[Provider]:
    """The running provider."""
    pytest.importorskip("grpc")
    from onetake.providers.client import Provider

    with Provider(binary) as running:
        yield running


@pytest.fixture(scope="session")
def schemas(provider: Provider) -> ProviderSchema:
    """What it offers."""
    return provider.schema(VERSION)
