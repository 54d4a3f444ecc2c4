"""CloudFormation templates in YAML and JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onetake.frontends.files import Options
    from onetake.model.stacks import Stack

_RESOURCES = re.compile(r"""^(?:\s*["']?)Resources["']?\s*:""", re.MULTILINE)
_TYPE = re.compile(r"""["']?Type["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::""")


def read(path: Path, options: Options) -> list[Stack]:
    """The stacks of a template: its own, and those of local nested templates.

    Raises:
        Unreadable: the file cannot be read or is no template.
    """
    from onetake.frontends.cloudformation.reading import read_template

    return read_template(path, options)


def looks_like_template(text: str) -> bool:
    """Whether ``text`` is worth parsing as a template: a quick look that rejects other YAML and JSON."""
    if "Resources" not in text:
        return False
    if text.lstrip().startswith("{"):
        return '"Resources"' in text and bool(_TYPE.search(text))
    return bool(_RESOURCES.search(text)) and bool(
        _TYPE.search(text) or "Fn::" in text or "AWSTemplateFormatVersion" in text
    )
