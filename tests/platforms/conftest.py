"""Synthesized copies of the platforms; where their packages are not installed, nothing here runs."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


@pytest.fixture
def synth(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Build something in a platform of its own and answer its resources."""

    def synth(build: Callable[[Any, Any], None], environment: str = "dev") -> dict[str, Any]:
        from onetake.platforms.stack import App, Platform

        app = App(outdir=str(tmp_path))
        stack = Platform(
            app,
            prefix="tst",
            title="test",
            data_class="none",
            environment_suffix="dev",
            environment=environment,  # type: ignore[arg-type]
            aws_region="eu-west-1",
            state=None,
            default_tags=None,
            overrides=None,
            alarm_email="a@example.com",
            manage_account_singletons=False,
        )
        build(stack, stack.context)
        app.synth()
        found: dict[str, Any] = json.loads((tmp_path / "stacks" / "tst-dev" / "cdk.tf.json").read_text())
        return found

    return synth
