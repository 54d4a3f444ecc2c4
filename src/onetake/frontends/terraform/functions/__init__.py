"""The built-in functions of Terraform 1.11 and OpenTofu, as pure functions on plain data.

Values are ``str``, ``bool``, ``int`` and ``float`` (whole numbers are always ``int``), ``None``, ``list`` for
lists and tuples, ``dict`` for maps and objects, and :class:`TerraformSet`. The evaluator calls a function only when
all of its arguments are known; of the others :func:`promise` tells the type, and what is refused for it.
"""

from onetake.frontends.terraform.functions.calling import call, is_pure, names, promise
from onetake.frontends.terraform.functions.values import (
    LIMIT,
    Files,
    FunctionError,
    Template,
    TerraformList,
    TerraformMap,
    TerraformSet,
    Undetermined,
    number_text,
)

__all__ = [
    "LIMIT",
    "Files",
    "FunctionError",
    "Template",
    "TerraformList",
    "TerraformMap",
    "TerraformSet",
    "Undetermined",
    "call",
    "is_pure",
    "names",
    "number_text",
    "promise",
]
