"""What is laid over a program so that it deploys to the emulator: credentials, state, versions, patience."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onetake.model.resources import Mode, Provider, Resource
from onetake.model.stacks import Stack

CREDENTIALS: Mapping[str, Any] = {
    "access_key": "rehearsal",
    "secret_key": "rehearsal",
    "token": None,
    "profile": None,
    "shared_config_files": None,
    "shared_credentials_files": None,
    "allowed_account_ids": None,
    "forbidden_account_ids": None,
    "skip_metadata_api_check": "true",
    "s3_use_path_style": True,
    "max_retries": 2,
}
"""Arguments of every AWS provider block. ``null`` takes away what the program sets: the emulator knows no profiles."""


def root_override(
    stack: Stack,
    versions: Mapping[str, str],
    minutes: int,
    schema_version: str,
    more: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The content of the root module's override file.

    Args:
        stack: the program.
        versions: exact versions by source, of the providers whose constraints nothing here fulfils.
        minutes: how long one resource may take to get ready, where its type lets that be said.
        schema_version: the version of the AWS provider that is used.
        more: what else is laid over resources, by type and name.
    """
    found: dict[str, Any] = {"terraform": {"backend": {"local": {}}, **required(versions)}}
    found["provider"] = {"aws": [*_providers(stack.providers)]}
    resources = _patience(stack.resources.values(), minutes, schema_version)
    for type_, named in (more or {}).items():
        for name, body in named.items():
            resources.setdefault(type_, {}).setdefault(name, {}).update(body)
    if resources:
        found["resource"] = resources
    return found


def required(versions: Mapping[str, str]) -> dict[str, Any]:
    """``required_providers`` that asks for exactly these versions; nothing where the program's own will do."""
    if not versions:
        return {}
    named = {source.rpartition("/")[2]: (source, version) for source, version in versions.items()}
    return {
        "required_providers": {name: {"source": source, "version": f"= {v}"} for name, (source, v) in named.items()}
    }


def _providers(providers: Iterable[Provider]) -> Iterable[dict[str, Any]]:
    aliases = dict.fromkeys(provider.alias for provider in providers if provider.name == "aws")
    for alias in dict.fromkeys(["", *aliases]):
        yield {**CREDENTIALS, **({"alias": alias} if alias else {})}


def _patience(resources: Iterable[Resource], minutes: int, version: str) -> dict[str, Any]:
    """``timeouts`` for the resources of the root module: what never gets ready here shall not wait for an hour."""
    from onetake.knowledge.terraform import provider_schema

    try:
        schema = provider_schema(version)
    except LookupError:
        return {}
    found: dict[str, dict[str, Any]] = {}
    for resource in resources:
        parts = resource.declaration.split(".")
        if resource.mode is not Mode.MANAGED or len(parts) != 2 or resource.type not in schema.resources:
            continue
        block = schema.resources[resource.type].body.blocks.get("timeouts")
        if block is not None:
            waits = dict.fromkeys(block.body.attributes, f"{minutes}m")
            found.setdefault(parts[0], {})[parts[1]] = {"timeouts": waits}
    return found
