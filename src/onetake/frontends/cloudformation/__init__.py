"""CloudFormation templates in YAML and JSON."""

from __future__ import annotations

import re
from pathlib import Path

from onetake.frontends.files import Limits, Options
from onetake.model.stacks import Stack

_YAML = re.compile(r"""^["']?Resources["']?[ \t]*:(?!(?:\s|#.*$)*-\s)""", re.MULTILINE)
"""A list below it is the AppSpec file of a deployment to ECS or Lambda."""
_JSON = re.compile(r'"Resources"\s*:\s*\{')
_TYPE = re.compile(r"""\bType["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::""")

_DIRECTIVE = re.compile(r"^[ \t#]*(?:%\{~?[ \t]*(?:if|for|else|endif|endfor)\b|\{%[-+]?[ \t]*[a-z])", re.MULTILINE)
"""A line of Terraform's templatefile, or of Jinja; a script in a good template may have one, too."""
_VARIABLE = re.compile(r"\$\{(?:self|opt|sls):[a-zA-Z]")
"""A variable of the Serverless Framework, whose files of resources look like templates."""


def looks_like_template(text: str) -> bool:
    """Whether ``text`` is probably a template: a section of resources, and a type in it. Cheap, not exact."""
    section = _JSON if text.lstrip().startswith("{") else _YAML
    return bool(section.search(text) and _TYPE.search(text))


def is_filled_in_first(text: str, limits: Limits) -> bool:
    """Whether another tool makes the template of ``text``.

    It has variables that only that tool knows, or lines of a text template, and then is no YAML or JSON either.
    """
    if _VARIABLE.search(text):
        return True
    if not _DIRECTIVE.search(text):
        return False
    from onetake.frontends.cloudformation.loading import Broken, load
    from onetake.frontends.cloudformation.problems import Problems

    return isinstance(load(text, Problems(""), limits)[1], Broken)


def read(path: Path, options: Options) -> list[Stack]:
    """The stack of a template, and the stacks nested in it whose templates are local files.

    Raises:
        Unreadable: the file is missing, too large, no text, or no template.
    """
    from onetake.frontends.cloudformation import program

    return program.read(path, options)
