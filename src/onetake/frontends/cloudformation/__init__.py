"""CloudFormation templates in YAML and JSON."""

from __future__ import annotations

import re
from pathlib import Path

from onetake.frontends.files import Options
from onetake.model.stacks import Stack

_YAML = re.compile(r"""^["']?Resources["']?[ \t]*:""", re.MULTILINE)
_JSON = re.compile(r'"Resources"\s*:\s*\{')
_TYPE = re.compile(r"""\bType["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::""")


def looks_like_template(text: str) -> bool:
    """Whether ``text`` is probably a template: a section of resources, and a type in it. Cheap, not exact."""
    section = _JSON if text.lstrip().startswith("{") else _YAML
    return bool(section.search(text) and _TYPE.search(text))


def read(path: Path, options: Options) -> list[Stack]:
    """The stack of a template, and the stacks nested in it whose templates are local files.

    Raises:
        Unreadable: the file is missing, too large, no text, or no template.
    """
    from onetake.frontends.cloudformation import program

    return program.read(path, options)
