"""Cloud assemblies synthesized by the AWS CDK (``cdk.out``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.model.records import replace
from onetake.model.stacks import Stack
from onetake.model.values import Span

_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)")
_DEPTH = 5
"""Assemblies in assemblies: stages in stages, which nobody nests deeper."""


def read(folder: Path, options: Options) -> list[Stack]:
    """The stacks of an assembly, those of nested assemblies included, each in the region that the manifest names.

    Raises:
        Unreadable: the manifest or a template cannot be read.
    """
    return list(_assembly(folder, options, 0))


def _assembly(folder: Path, options: Options, depth: int) -> Iterator[Stack]:
    from onetake.frontends.cloudformation import program

    for name, kind, properties, environment in _artifacts(folder / "manifest.json", options):
        if kind == "cdk:cloud-assembly" and depth < _DEPTH:
            yield from _assembly(folder / str(properties.get("directoryName", "")), options, depth + 1)
        elif kind == "aws:cloudformation:stack":
            placed, account = _placed(options, environment)
            path = folder / str(properties.get("templateFile", ""))
            for stack in program.read(path, placed, name=name, account=account):
                stack.construct_tool = "cdk"
                yield stack


def _artifacts(path: Path, options: Options) -> Iterator[tuple[str, str, Mapping[str, Any], str]]:
    """Name, type, properties and environment of each artifact."""
    import json

    try:
        manifest = json.loads(read_text(path, options))
    except (ValueError, RecursionError) as error:
        file = shown(path, options)
        raise Unreadable(Span(file), f"{file} is no manifest: {error}", "run cdk synth again") from error
    artifacts = manifest.get("artifacts") if isinstance(manifest, dict) else None
    for name, artifact in artifacts.items() if isinstance(artifacts, dict) else ():
        if isinstance(artifact, dict):
            properties = artifact.get("properties")
            known = properties if isinstance(properties, dict) else {}
            yield name, str(artifact.get("type", "")), known, str(artifact.get("environment", ""))


def _placed(options: Options, environment: str) -> tuple[Options, str | None]:
    """``options`` and account for a stack of which the manifest may say where it belongs."""
    found = _ENVIRONMENT.fullmatch(environment)
    if found is None:
        return options, None
    account = None if found[1].startswith("unknown") else found[1]
    if found[2].startswith("unknown"):
        return options, account
    return replace(options, assumptions=replace(options.assumptions, region=found[2], region_given=True)), account
