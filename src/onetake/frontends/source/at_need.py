"""What is only looked for in Python files whose text has something of the kind: what judges it is imported then."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from onetake.frontends.files import Options
from onetake.frontends.source.faults import Fault
from onetake.frontends.source.judging import is_test, tests
from onetake.frontends.source.mending import Text
from onetake.frontends.source.pins import Pins

_DRAWS = re.compile(r"^(?:import|from)[ \t].*\b(?:random|secrets|uuid|time|datetime)\b", re.MULTILINE)
"""Files that may draw values."""
_FOR_TERRAFORM = re.compile(
    r"[$%]\{|[\"'](?:data\.)?aws_\w+\.|[\"'](?:base64|cidr|coalescelist|file|json|yaml|template|to(?:list|map|set))\w*\("
)
"""Files with texts that may be templates of Terraform, or expressions."""
_SECRET = re.compile(r"AKIA|ASIA|PRIVATE KEY|pass(?:word|phrase)|secret|token|credential|_key", re.IGNORECASE)
"""Files that may hold a credential."""


def faults(whole: Text, judged: Sequence[ast.AST], path: Path, options: Options, asked: Pins) -> Iterator[Fault]:
    """What is only looked for in files whose text has something of the kind."""
    text, tree, scopes = whole.text, whole.tree, whole.scopes
    if "provider_aws" in text:
        from onetake.frontends.source import untyped

        yield from untyped.faults(judged, scopes, asked)
        if _FOR_TERRAFORM.search(text):
            from onetake.frontends.source import templates

            yield from templates.faults(judged, scopes, asked)
    if not is_test(path.name) and _DRAWS.search(text):
        from onetake.frontends.source import changing

        yield from changing.faults(tree, judged, scopes)
    if is_test(path.name):
        from onetake.frontends.source import testing

        yield from testing.faults(tree, path, options, asked)
    if _SECRET.search(text) and not tests(whole.file):
        from onetake.frontends.source import credentials

        yield from credentials.faults(tree, judged, scopes, asked)
