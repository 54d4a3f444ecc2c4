"""Transforms: the language extensions are carried out here, SAM by AWS's own translator, other macros are noted."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from onetake.frontends.files import Options
from onetake.model.findings import Note
from onetake.model.values import Span

LANGUAGE = "AWS::LanguageExtensions"
SERVERLESS = "AWS::Serverless-2016-10-31"
LOOP = "Fn::ForEach::"
MOST = 10_000


def prepared(body: Mapping[str, Any], file: str, options: Options) -> tuple[Mapping[str, Any], tuple[Note, ...], bool]:
    """The template after its transforms, what was not carried out, and whether all of it was."""
    from onetake.frontends.cloudformation.template import Template

    notes: list[Note] = []
    where = Span(file, ("Transform",))
    for name in Template(file, body).transforms:
        if name == LANGUAGE:
            body = _unrolled(body, options.parameters)
        elif name == SERVERLESS:
            body, problem = _serverless(body, options)
            if problem:
                notes.append(Note(where, f"serverless resources were not read: {problem}"))
        else:
            notes.append(Note(where, f"macro {name} was not carried out: only AWS can, during the deployment"))
    if "Fn::Transform" in body.get("Resources", {}):
        notes.append(Note(Span(file, ("Resources", "Fn::Transform")), "Fn::Transform was not carried out"))
    return body, tuple(notes), not notes


def _serverless(body: Mapping[str, Any], options: Options) -> tuple[Mapping[str, Any], str]:
    try:
        from samtranslator.sdk.resource import SamResourceType  # noqa: F401 - tells whether the extra is installed
        from samtranslator.translator.arn_generator import ArnGenerator
        from samtranslator.translator.transform import transform
    except ImportError:
        return _without_serverless(body), "install onetake[sam] to have them translated"
    ArnGenerator.BOTO_SESSION_REGION_NAME = options.assumptions.region
    values = {
        name: one["Default"]
        for name, one in body.get("Parameters", {}).items()
        if isinstance(one, Mapping) and "Default" in one
    }
    values |= options.parameters | {"AWS::Region": options.assumptions.region}
    try:
        return transform(copy.deepcopy(dict(body)), values, _NoPolicies()), ""
    except Exception as error:  # the translator raises its own and others on templates it refuses
        reason = str(getattr(error, "message", "") or error).splitlines()[0][:300]
        return _without_serverless(body), reason


class _NoPolicies:
    """SAM asks IAM for the names of AWS's managed policies; ARNs work without."""

    def load(self) -> dict[str, str]:
        return {}


def _without_serverless(body: Mapping[str, Any]) -> Mapping[str, Any]:
    resources = {
        name: one
        for name, one in body.get("Resources", {}).items()
        if not (isinstance(one, Mapping) and str(one.get("Type", "")).startswith("AWS::Serverless::"))
    }
    return {**body, "Resources": resources}


def _unrolled(data: Any, parameters: Mapping[str, str], depth: int = 0) -> Any:
    """``data`` with every ``Fn::ForEach`` written out."""
    if isinstance(data, list):
        return [_unrolled(item, parameters, depth + 1) for item in data]
    if not isinstance(data, Mapping) or depth > 100:
        return data
    found: dict[str, Any] = {}
    for key, inner in data.items():
        if key.startswith(LOOP) and isinstance(inner, list) and len(inner) == 3:
            name, collection, template = inner
            items = _collection(collection, parameters)
            if items is None or len(found) > MOST:
                continue
            for item in items:
                found.update(_unrolled(_filled(template, str(name), item), parameters, depth + 1))
        else:
            found[key] = _unrolled(inner, parameters, depth + 1)
    return found


def _collection(written: Any, parameters: Mapping[str, str]) -> list[str] | None:
    if isinstance(written, list) and all(isinstance(item, str) for item in written):
        return written
    if isinstance(written, Mapping) and "Ref" in written and written["Ref"] in parameters:
        return [item.strip() for item in parameters[written["Ref"]].split(",")]
    return None


def _filled(data: Any, name: str, item: str) -> Any:
    """``data`` with the loop's variable replaced: ``${Name}``, ``&{Name}`` and ``Ref``."""
    if isinstance(data, str):
        bare = re.sub(r"[^A-Za-z0-9]", "", item)
        return data.replace("${" + name + "}", item).replace("&{" + name + "}", bare)
    if isinstance(data, list):
        return [_filled(one, name, item) for one in data]
    if isinstance(data, Mapping):
        if data == {"Ref": name}:
            return item
        return {_filled(key, name, item): _filled(one, name, item) for key, one in data.items()}
    return data
