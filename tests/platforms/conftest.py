"""Synthesized copies of the platforms; where their packages are not installed, nothing here runs."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from onetake.platforms.catalogue import PLATFORMS
from tests.platforms.synthesized import LONG, VARIANTS, Copy, make_all

# Looked for, not imported: onetake prepares the bindings before anything imports them.
if importlib.util.find_spec("cdktn_provider_aws") is None:
    pytest.skip("onetake[platforms] is not installed", allow_module_level=True)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Everything that is synthesized, made by the worker that comes first."""
    base = tmp_path_factory.getbasetemp()
    return make_all((base if worker_id == "master" else base.parent) / "platforms")


@pytest.fixture(scope="session")
def copy_of(folder: Path) -> Callable[..., Copy]:
    def copy(platform: str, environment: str, suffix: str = LONG, again: str = "") -> Copy:
        stack = f"{PLATFORMS[platform].prefix}-{suffix}"
        place = folder / f"{platform}-{environment}-{suffix}{again}" / "stacks" / stack / "cdk.tf.json"
        return Copy(platform, environment, place)

    return copy


@pytest.fixture(params=VARIANTS, ids="-".join)
def copy(request: pytest.FixtureRequest, copy_of: Callable[..., Copy]) -> Copy:
    """Each platform in each environment, with the longest suffix."""
    platform, environment = request.param
    return copy_of(platform, environment)
