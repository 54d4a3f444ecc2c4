"""CodeBuild: what a pipeline gives has no place of its own; projects keep their key, and go by their ARN, too."""

from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic.store import Store


def _project(call: Call, store: Store, answer: dict[str, Any]) -> None:
    keys = store.table(call, "keys")
    if call.get("encryptionKey"):
        keys[str(call.get("name"))] = call.get("encryptionKey")
    for one in [*answer.get("projects", []), *([answer["project"]] if "project" in answer else [])]:
        if one.get("name") in keys:
            one["encryptionKey"] = keys[one["name"]]


def _deleted(call: Call, store: Store) -> Mapping[str, Any]:
    """A project is told by its name or its ARN; of the latter moto finds none, and says that all is well."""
    from moto.codebuild.models import codebuild_backends

    name = str(call.get("name")).rpartition(":project/")[2]
    codebuild_backends[call.account][call.region].delete_project(name)
    store.table(call, "keys").pop(name, None)
    return {}


OPERATIONS = {"DeleteProject": _deleted}
AMENDMENTS = dict.fromkeys(("CreateProject", "UpdateProject", "BatchGetProjects"), _project)


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
