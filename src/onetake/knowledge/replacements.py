"""Which properties CloudFormation changes only by replacing the resource."""

from __future__ import annotations

from onetake.knowledge.tables import table


def create_only(kind: str) -> tuple[str, ...]:
    """The properties of a type that are given when it is created and never changed: paths with slashes.

    ``("BucketName",)``; ``*`` stands for every element of a list. Empty for a type that is not known, too.
    """
    return tuple(table("cloudformation_replacements").values.get(kind, {}).get("replaced", ()))


def own_name(kind: str) -> str | None:
    """The property that names a resource of the type, where two of the same name cannot stand side by side."""
    found = table("cloudformation_replacements").values.get(kind, {}).get("name")
    return None if found is None else str(found)
