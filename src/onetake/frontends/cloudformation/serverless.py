"""Serverless resources, translated by AWS's own translator where that is installed."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Mapping
from typing import Any

from onetake.model.records import record

PREFIX = "AWS::Serverless::"
_LARGEST = 2 * 1024 * 1024
_CODE = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::Api": "DefinitionUri",
    "AWS::Serverless::HttpApi": "DefinitionUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
    "AWS::Serverless::GraphQLApi": "SchemaUri",
}
"""Where each type names a local file, which ``sam package`` uploads before the translator sees it."""
_UPLOADED = "s3://packaged-by-sam/object"
_IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/packaged-by-sam:image"


class NotTranslated(Exception):
    """The serverless resources stay unread; the message says why and what helps."""


def translated(data: dict[str, Any], parameters: Mapping[str, str], region: str) -> dict[str, Any]:
    """The template that AWS would make of ``data``.

    Raises:
        NotTranslated: the translator is not installed, or refuses the template.
    """
    if len(json.dumps(data, default=str)) > _LARGEST:
        raise NotTranslated("the template is too large to be translated")
    try:
        from samtranslator.translator.arn_generator import ArnGenerator
        from samtranslator.translator.transform import (
            Parser,
            Translator,
            to_py27_compatible_template,
            undo_mark_unicode_str_in_template,
        )
    except ImportError as error:
        raise NotTranslated("their translator is not installed: pip install 'onetake[sam]'") from error
    # It tells its own news, which nobody asked for.
    logging.getLogger("samtranslator").setLevel(logging.CRITICAL + 1)
    ArnGenerator.BOTO_SESSION_REGION_NAME = region
    copied = _packaged(copy.deepcopy(data))
    values = dict(parameters)
    try:
        # As its own transform() does it, but without a session that would look for the user's AWS configuration.
        to_py27_compatible_template(copied, values)
        translator = Translator(None, Parser(), boto_session=_Session(region))
        found = undo_mark_unicode_str_in_template(
            translator.translate(copied, parameter_values=values, get_managed_policy_map=dict)
        )
    except Exception as error:  # the translator has many errors of its own, and fails in others
        causes = [str(getattr(cause, "message", cause)) for cause in getattr(error, "causes", ())]
        reason = " ".join(causes) or str(getattr(error, "message", "")) or type(error).__name__
        raise NotTranslated(f"their translator refuses them: {' '.join(reason.split())[:300]}") from error
    return found if isinstance(found, dict) else data


def without(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` with its serverless resources left out."""
    resources = data.get("Resources")
    kept = resources.items() if isinstance(resources, dict) else ()
    return {**data, "Resources": {name: body for name, body in kept if not is_serverless(body)}}


def without_repository(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """``data`` without the applications of the Serverless Application Repository, and their names.

    The translator would ask AWS for them.
    """
    resources = data.get("Resources")
    kept = resources if isinstance(resources, dict) else {}
    remote = [name for name, body in kept.items() if _is_remote(body)]
    return {**data, "Resources": {name: body for name, body in kept.items() if name not in remote}}, remote


def _is_remote(body: object) -> bool:
    if not is_serverless(body) or not isinstance(body, dict) or body["Type"] != f"{PREFIX}Application":
        return False
    properties = body.get("Properties")
    return not isinstance(properties, dict) or not isinstance(properties.get("Location"), str)


def is_serverless(body: object) -> bool:
    """Whether a resource is one that only the translator knows."""
    return isinstance(body, dict) and str(body.get("Type", "")).startswith(PREFIX)


@record
class _Session:
    """What the translator wants of a session: a region."""

    region_name: str


def _packaged(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` with what ``sam package`` would have uploaded in place of local paths."""
    resources = data.get("Resources")
    for body in resources.values() if isinstance(resources, dict) else ():
        if is_serverless(body):
            written = body.setdefault("Properties", {})
            if isinstance(written, dict):
                _uploaded(str(body["Type"]), written)
    shared = data.get("Globals")
    function = shared.get("Function") if isinstance(shared, dict) else None
    if isinstance(function, dict) and _is_local(function.get("CodeUri")):
        function["CodeUri"] = _UPLOADED
    return data


def _uploaded(kind: str, properties: dict[str, Any]) -> None:
    key = _CODE.get(kind)
    if key is None:
        return
    if properties.get("PackageType") == "Image":
        properties.setdefault("ImageUri", _IMAGE)
    elif _is_local(properties.get(key)) or (
        kind == "AWS::Serverless::Function" and not {key, "InlineCode"} & properties.keys()
    ):
        properties[key] = _UPLOADED


def _is_local(value: object) -> bool:
    return isinstance(value, str) and "://" not in value
