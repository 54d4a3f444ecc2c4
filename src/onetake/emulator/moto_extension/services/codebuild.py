"""CodeBuild: what a pipeline gives has no place of its own."""

from collections.abc import Mapping
from typing import Any


def repair() -> None:
    """Moto wants a location of every source and artifact; AWS wants none of those that a pipeline hands over."""
    from moto.codebuild import responses

    names = ("_validate_required_params_source", "_validate_required_params_artifacts")
    source, artifacts = (getattr(responses, name) for name in names)

    def judged_source(given: Mapping[str, Any]) -> None:
        if given.get("type") not in {"CODEPIPELINE", "NO_SOURCE"}:
            source(given)

    def judged_artifacts(given: Mapping[str, Any]) -> None:
        if given.get("type") != "CODEPIPELINE":
            artifacts(given)

    for name, judged in zip(names, (judged_source, judged_artifacts), strict=True):
        setattr(responses, name, judged)
