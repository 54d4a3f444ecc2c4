"""The blocks of Terraform's language: what each may hold, in the order of Terraform's own tables."""

from __future__ import annotations

from collections.abc import Mapping

from onetake.model.records import field, record


@record
class Shape:
    """What a block may hold."""

    arguments: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    blocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The labels of each kind of block inside, by its type."""
    open: bool = False
    """Whether somebody else decides what else it may hold: a provider, a backend, a module."""
    reserved: tuple[str, ...] = ()
    """Names that Terraform keeps for itself: blocks, and in providers arguments."""


_NONE: tuple[str, ...] = ()
_NAME, _TYPE, _BOTH = ("name",), ("type",), ("type", "name")
CONDITION = Shape(("condition", "error_message"), ("condition", "error_message"))
_CONDITIONS = {"precondition": _NONE, "postcondition": _NONE}
_RESOURCE = Shape(
    ("count", "for_each", "provider", "depends_on"),
    blocks={"lifecycle": _NONE, "connection": _NONE, "provisioner": _TYPE},
    open=True,
    reserved=("locals",),
)
_LIFECYCLE = Shape(
    ("create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"), blocks=_CONDITIONS
)

TOP = Shape(
    blocks={
        "terraform": _NONE,
        "required_providers": _NONE,
        "provider": _NAME,
        "variable": _NAME,
        "locals": _NONE,
        "output": _NAME,
        "module": _NAME,
        "resource": _BOTH,
        "data": _BOTH,
        "ephemeral": _BOTH,
        "moved": _NONE,
        "removed": _NONE,
        "import": _NONE,
        "check": _NAME,
    }
)
SHAPES = {
    "terraform": Shape(
        ("required_version", "experiments", "language"),
        blocks={"backend": _TYPE, "cloud": _NONE, "required_providers": _NONE, "provider_meta": ("provider",)},
    ),
    "provider": Shape(
        ("alias", "version", "count", "depends_on", "for_each", "source"),
        blocks={},
        open=True,
        reserved=("lifecycle", "locals", "count", "depends_on", "for_each", "source"),
    ),
    "variable": Shape(
        ("description", "default", "type", "sensitive", "nullable", "ephemeral", "deprecated"),
        blocks={"validation": _NONE},
    ),
    "output": Shape(
        ("description", "value", "depends_on", "sensitive", "ephemeral", "deprecated"), ("value",), blocks=_CONDITIONS
    ),
    "module": Shape(
        ("source", "version", "count", "for_each", "depends_on", "providers"),
        ("source",),
        open=True,
        reserved=("lifecycle", "locals"),
    ),
    "resource": _RESOURCE,
    "data": _RESOURCE,
    "ephemeral": _RESOURCE,
    "moved": Shape(("from", "to"), ("from", "to")),
    "removed": Shape(("from",), ("from",), blocks={"lifecycle": _NONE, "connection": _NONE, "provisioner": _TYPE}),
    "import": Shape(("for_each", "provider", "id", "to"), ("id", "to")),
    "check": Shape(blocks={"data": _BOTH, "assert": _NONE}),
    "resource.lifecycle": _LIFECYCLE,
    "data.lifecycle": _LIFECYCLE,
    "ephemeral.lifecycle": _LIFECYCLE,
    "resource.lifecycle.precondition": CONDITION,
    "resource.lifecycle.postcondition": CONDITION,
    "data.lifecycle.precondition": CONDITION,
    "data.lifecycle.postcondition": CONDITION,
    "output.precondition": CONDITION,
    "variable.validation": CONDITION,
    "check.assert": CONDITION,
    "removed.lifecycle": Shape(("destroy",)),
}
"""By the types of the blocks around it."""

RESERVED_VARIABLES = frozenset(
    {"source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals", "provider"}
)
"""Names that mean something else in the call of a module."""
BAD_NAME = (
    "A name must start with a letter or underscore and may contain only letters, digits, underscores, and dashes."
)
NAMED = {
    "resource": ("Invalid resource type name", "Invalid resource name"),
    "data": ("Invalid data source name", "Invalid data resource name"),
    "ephemeral": ("Invalid ephemeral resource type", "Invalid ephemeral resource name"),
    "variable": ("Invalid variable name",),
    "output": ("Invalid output name",),
    "module": ("Invalid module instance name",),
    "check": ("Invalid check block name",),
}
"""What is said of each label that is no name."""
