"""Cloud assemblies synthesized by the AWS CDK (``cdk.out``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onetake.frontends.files import Options
    from onetake.model.stacks import Stack

_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)")


def read(folder: Path, options: Options) -> list[Stack]:
    """The stacks of an assembly, those of nested assemblies included; their regions as the manifest says.

    Raises:
        Unreadable: the manifest or a template cannot be read.
    """
    return list(_assembly(folder, options, depth=0))


def _assembly(folder: Path, options: Options, depth: int) -> Iterator[Stack]:
    import json

    from onetake.frontends.cloudformation.reading import document, stack_of
    from onetake.frontends.files import Unreadable, read_text, shown
    from onetake.model.values import Span

    manifest = folder / "manifest.json"
    try:
        artifacts: Any = json.loads(read_text(manifest, options)).get("artifacts", {})
    except (ValueError, AttributeError) as error:
        name = shown(manifest, options)
        raise Unreadable(Span(name), f"{name} is not a manifest: {error}", "run cdk synth again") from error
    for name, artifact in artifacts.items() if isinstance(artifacts, Mapping) else ():
        properties = artifact.get("properties", {}) if isinstance(artifact, Mapping) else {}
        if artifact.get("type") == "cdk:cloud-assembly" and depth < 5:
            yield from _assembly(folder / str(properties.get("directoryName", "")), options, depth + 1)
        elif artifact.get("type") == "aws:cloudformation:stack":
            path = folder / str(properties.get("templateFile", ""))
            found = document(read_text(path, options), shown(path, options), options)
            if isinstance(found.data, Mapping):
                yield stack_of(found, path, _placed(options, str(artifact.get("environment", ""))), name=name)


def _placed(options: Options, environment: str) -> Options:
    """``options`` for a stack whose account and region the manifest may name."""
    found = _ENVIRONMENT.fullmatch(environment)
    if found is None or found[2].startswith("unknown") or options.assumptions.region_given:
        return options
    return replace(options, assumptions=replace(options.assumptions, region=found[2], region_given=True))
