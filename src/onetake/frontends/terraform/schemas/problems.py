"""What can be wrong with a block, and the words in which Terraform and its AWS provider say so.

The words are those of Terraform 1.11.4 and of version 5.100.0 of the provider; ``make oracle-schema`` compares them.
"""

from __future__ import annotations

from collections.abc import Container

from onetake.frontends.terraform.suggestions import meant
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.model.findings import Severity, Stage
from onetake.model.records import record, replace
from onetake.model.values import Span

TYPE_UNKNOWN = "terraform-unknown-resource-type"
ARGUMENT_UNKNOWN = "terraform-unsupported-argument"
BLOCK_UNKNOWN = "terraform-unsupported-block"
ATTRIBUTE_UNKNOWN = "terraform-missing-attribute"
ARGUMENT_MISSING = "terraform-missing-argument"
BLOCK_MISSING = "terraform-missing-block"
BLOCK_SURPLUS = "terraform-too-many-blocks"
ARGUMENT_TYPE = "terraform-invalid-type"
ARGUMENT_READ_ONLY = "terraform-read-only-argument"
ARGUMENT_DEPRECATED = "terraform-deprecated-argument"
WRITE_ONLY = "terraform-write-only-argument-unsupported"
VALUE_NOT_ALLOWED = "terraform-value-not-allowed"
VALUE_OUT_OF_RANGE = "terraform-value-out-of-range"
VALUE_MALFORMED = "terraform-value-malformed"
ARGUMENTS_CONFLICT = "terraform-conflicting-arguments"
CHOICE_MISSING = "terraform-missing-choice"
PLAN_REFUSED = "terraform-plan-refused"

OF_NAMES = frozenset({TYPE_UNKNOWN, ARGUMENT_UNKNOWN, BLOCK_UNKNOWN, ATTRIBUTE_UNKNOWN})
"""Problems that a later version of the provider may mend by adding the name."""
OF_VALUES = frozenset({VALUE_NOT_ALLOWED, VALUE_OUT_OF_RANGE, VALUE_MALFORMED, ARGUMENTS_CONFLICT, CHOICE_MISSING})
"""Problems of values that would do with others."""


@record
class Problem:
    """One thing wrong with a block."""

    rule: str
    where: Span
    summary: str
    detail: str
    message: str
    """One line in our words, without the address, which goes in front of it."""
    fix: str = ""
    stage: Stage = Stage.VALIDATE
    severity: Severity = Severity.CRITICAL
    question: str = ""
    """What decides whether it is one, where that is not known."""
    sensitive: bool = False
    """Whether the words hold a value that no report may show."""
    address: str = ""
    """The instance of the block whose value it is, if not the first."""

    @property
    def key(self) -> tuple[str, Span]:
        """What it shares with the same problem in another version of the provider."""
        return self.rule, self.where


def _hint(text: str) -> str:
    return f' Did you mean "{text}"?' if text else ""


def words_of_unknown(  # noqa: PLR0913 - what Terraform's words depend on
    name: str, schema: BlockSchema, given: Container[str], *, json: bool, block: bool, dynamic: bool = False
) -> tuple[str, str]:
    """Summary and detail for a name that is neither an argument nor a block here, beside those that are ``given``."""
    free = [one for one in schema.attributes if one not in given]
    if dynamic:
        return "Unsupported block type", f'Blocks of type "{name}" are not expected here.'
    if json:
        hint = _hint(meant(name, (*free, *(one for one in schema.blocks if one not in given))))
        return "Extraneous JSON object property", f'No argument or block type is named "{name}".{hint}'
    if block:
        if name in schema.attributes:
            hint = f' Did you mean to define argument "{name}"? If so, use the equals sign to assign it a value.'
        else:
            hint = _hint(meant(name, schema.blocks))
        return "Unsupported block type", f'Blocks of type "{name}" are not expected here.{hint}'
    of_block = f' Did you mean to define a block of type "{name}"?'
    hint = of_block if name in schema.blocks else _hint(meant(name, free))
    return "Unsupported argument", f'An argument named "{name}" is not expected here.{hint}'


def null_argument(path: str, where: Span, *, framework: bool) -> Problem:
    """A required argument that is ``null``: the provider refuses it, not Terraform."""
    found = missing_argument(path, where)
    if not framework:
        return found
    detail = (
        f"Must set a configuration value for the {path} attribute as the provider has marked it as required.\n\nRefer "
        "to the provider documentation or contact the provider developers for additional information about "
        "configurable attributes that are required."
    )
    return replace(found, summary="Missing Configuration for Required Attribute", detail=detail)


def missing_argument(name: str, where: Span) -> Problem:
    """A required argument that is not given."""
    return Problem(
        ARGUMENT_MISSING,
        where,
        "Missing required argument",
        f'The argument "{name}" is required, but no definition was found.',
        f'lacks the required argument "{name}"',
        f"Set {name}.",
    )


def too_few(name: str, minimum: int, where: Span) -> Problem:
    """Blocks of a type that has to be there."""
    return Problem(
        BLOCK_MISSING,
        where,
        f"Insufficient {name} blocks",
        f'At least {minimum} "{name}" blocks are required.',
        f'lacks the required block "{name}"' if minimum == 1 else f'needs at least {minimum} blocks "{name}"',
        f"Add a block {name} {{ ... }}.",
    )


def too_many(name: str, maximum: int, where: Span) -> Problem:
    """More blocks of a type than may be there."""
    return Problem(
        BLOCK_SURPLUS,
        where,
        f"Too many {name} blocks",
        f'No more than {maximum} "{name}" blocks are allowed',
        f'takes no more than {maximum} "{name}" block{"s" if maximum > 1 else ""}',
        "Merge the blocks into one." if maximum == 1 else "Take the surplus blocks away.",
    )


def wrong_type(name: str, reason: str, where: Span, stage: Stage) -> Problem:
    """A value that cannot be converted to the type of its argument."""
    return Problem(
        ARGUMENT_TYPE,
        where,
        "Incorrect attribute value type",
        f'Inappropriate value for attribute "{name}": {reason}.',
        f'gives "{name}" a value of the wrong type: {reason}',
        stage=stage,
    )


def read_only(name: str, path: str, where: Span, *, framework: bool) -> Problem:
    """A value for what only the provider decides."""
    if framework:
        summary = "Invalid Configuration for Read-Only Attribute"
        detail = (
            "Cannot set value for this attribute as the provider has marked it as read-only. Remove the configuration "
            "line setting the value.\n\nRefer to the provider documentation or contact the provider developers for "
            "additional information about configurable and read-only attributes that are supported."
        )
    elif path == "id":
        summary, detail = "Invalid or unknown key", ""
    else:
        summary = "Value for unconfigurable attribute"
        detail = (
            f'Can\'t configure a value for "{path}": its value will be decided automatically based on the result of '
            "applying this configuration."
        )
    message = f'sets "{name}", which only the provider decides'
    return Problem(ARGUMENT_READ_ONLY, where, summary, detail, message, f"Take {name} away.")


def write_only(name: str, where: Span) -> Problem:
    """A write-only argument for a Terraform that does not know of them."""
    return Problem(
        WRITE_ONLY,
        where,
        "Write-only Attribute Not Allowed",
        f'The resource contains a non-null value for write-only attribute "{name}" Write-only attributes are only '
        "supported in Terraform 1.11 and later.",
        f'sets the write-only argument "{name}", which needs Terraform 1.11',
        "Require Terraform 1.11 or later (required_version), or use the ordinary argument.",
    )
