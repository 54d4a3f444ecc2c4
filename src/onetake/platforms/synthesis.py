"""A platform, synthesized to a folder, and what there is in it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.platforms import settings
from onetake.platforms.catalogue import Entry
from onetake.platforms.parameters import Environment
from onetake.platforms.synthesized import Synthesized


def synthesize(entry: Entry, folder: Path, given: Mapping[str, Any]) -> Path:
    """Synthesize one copy of a platform.

    Args:
        entry: the platform.
        folder: where to; stacks are written below it.
        given: what its class is given.

    Returns:
        The folder of its stack, on which Terraform can be run.

    Raises:
        Refused: a setting is missing or wrong.
        MissingExtra: the packages of ``onetake[platforms]`` are not installed.
    """
    cls: Any = entry.load()
    from onetake.platforms.stack import App

    app = App(outdir=str(folder))
    stack = cls(app, **given)
    app.synth()
    return folder / "stacks" / str(stack.node.id)


def example(entry: Entry, environment: Environment) -> dict[str, Any]:
    """Settings with which a platform stands in an environment, where nobody has given others yet."""
    given = tomllib.loads(entry.settings.get(environment, ""))
    suffix = {"environment_suffix": environment, "alarm_email": "alarms@example.com"}
    return settings.converted(suffix | given, entry)


def contents(stack: Path) -> dict[str, Counter[str]]:
    """How many resources of each type a synthesized stack has, by the module that they belong to."""
    found: dict[str, Counter[str]] = {}
    for one in Synthesized(stack).resources:
        found.setdefault(one.module, Counter())[one.kind] += 1
    return dict(sorted(found.items()))
