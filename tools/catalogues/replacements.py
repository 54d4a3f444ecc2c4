"""Which properties CloudFormation can only change by replacing the resource, from the schemas that AWS publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.catalogues import cfn_lint
from tools.catalogues.tables import Draft

_REGION = "schemas/providers/us-east-1.json"


def draft() -> Draft:
    """The table ``cloudformation_replacements``."""
    values = {kind: found for kind, file in cfn_lint.read(_REGION).items() if (found := _replaced(_schema(file)))}
    return Draft(
        fact="properties of CloudFormation types that are create-only, and the one that is a name of one's own choice",
        as_of=cfn_lint.date(),
        complete=False,
        sources=(
            cfn_lint.source("resource provider schemas: createOnlyProperties, primaryIdentifier"),
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schema.html",
        ),
        values=values,
        counts={"types": len(values), "named": sum("name" in one for one in values.values())},
    )


def _schema(file: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = cfn_lint.read(f"schemas/resources/{file}.json")
    return found


def _replaced(schema: Mapping[str, Any]) -> dict[str, Any]:
    created = _paths(schema, "createOnlyProperties")
    found: dict[str, Any] = {"replaced": created} if created else {}
    match _paths(schema, "primaryIdentifier"):
        case [name] if name in created and name not in _paths(schema, "readOnlyProperties"):
            found["name"] = name
    return found


def _paths(schema: Mapping[str, Any], key: str) -> list[str]:
    return sorted(str(path).removeprefix("/properties/") for path in schema.get(key) or [])
