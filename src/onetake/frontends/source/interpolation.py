"""How Terraform reads the texts that a program gives to its resources: each one is a template of its language.

CDKTF and cdktn write a text as it is. ``${HOME}`` in a script, ``${aws:username}`` in a policy and
``%{X-Forwarded-For}`` in a log format are no templates, and stop ``terraform validate``; an expression without
``${...}`` is only its letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from onetake.model.records import record

OF_TERRAFORM = frozenset({"connection", "depends_on", "lifecycle", "provider", "provisioners"})
"""Arguments of every class that are no arguments of the resource."""
_PROSE = frozenset({"comment", "description"})
"""Arguments that are read by people alone."""
MARKED = re.compile(r"[$%]\{")
"""What makes a template of a text."""
_REFERENCE = re.compile(
    r"(?P<data>data\.)?(?P<type>aws_[a-z0-9_]+)\.[A-Za-z_][\w-]*\.(?P<name>[a-z][a-z0-9_]*)(?:\[\d+\])?"
)
_CALLED = re.compile(
    r"(?:base64(?:decode|encode|gzip|sha256)|cidr(?:host|subnets?)|coalescelist|file(?:base64|base64sha256|md5|sha256)?"
    r"|(?:json|yaml)(?:decode|encode)|templatefile|to(?:list|map|set))\(.*\)",
    re.DOTALL,
)
"""Calls of functions that no other language has that texts for AWS are written in."""
_LETTERS = re.compile(r"(?<!\$)\$\{(?:[A-Z_][A-Z0-9_]*|[\w.-]+:[^{}$\"'`\\]*)\}")
"""Variables of a shell and of IAM, which no expression of Terraform looks like."""
_SHOWN = 40


@record
class Misread:
    """Why a text is no template, in Terraform's words."""

    piece: str
    """The part that Terraform takes for an expression."""
    summary: str
    detail: str

    @property
    def verbatim(self) -> str:
        """As Terraform prints it."""
        return f"Error: {self.summary}\n\n{self.detail}"

    @property
    def message(self) -> str:
        """In one line."""
        return f"Terraform reads {self.piece} as a template of its own: {self.summary.lower()}"

    @property
    def fix(self) -> str:
        """How the letters themselves are written."""
        mark = self.piece[0]
        letters = f"write {mark}{self.piece} where the letters are meant: a doubled {mark} begins no template"
        return letters if "function" not in self.summary else f"name a function that Terraform has, or {letters}"


@record
class OnlyText:
    """A text that is an expression, which Terraform does not look for there."""

    argument: str
    """As the program calls it."""
    text: str
    instead: str
    """What to do in the place of writing the expression."""

    @property
    def verbatim(self) -> str:
        """Nobody says anything."""
        return ""

    @property
    def message(self) -> str:
        """In one line."""
        return f'{self.argument} is the text "{self.text}": Terraform looks for expressions only in ${{...}}'

    @property
    def fix(self) -> str:
        """How it is made an expression."""
        return f"{self.instead}, or write ${{...}} around it"


def judged(text: str, argument: str, called: str, library: Callable[[str], str]) -> Misread | OnlyText | None:
    """What is wrong with the text of an argument.

    Args:
        text: what the program gives.
        argument: Terraform's name of the argument.
        called: what the program calls it.
        library: what it calls one of Terraform's functions: ``Fn.cidrsubnet``.
    """
    if MARKED.search(text):
        return misread(text)
    kind = expression(text) if argument not in _PROSE else ""
    if not kind:
        return None
    function = text.partition("(")[0]
    own = "give the construct's own attribute" if kind == "reference" else f"call {library(function)}"
    return OnlyText(called, text, own)


def misread(text: str) -> Misread | None:
    """What Terraform refuses in a text, whatever the program declares; ``None`` for what may be a template."""
    if not MARKED.search(text):
        return None
    from onetake.frontends.terraform.scoping import standing_alone
    from onetake.frontends.terraform.syntax.nodes import SyntaxProblem
    from onetake.frontends.terraform.syntax.templates import parse_text

    try:
        node = parse_text(text)
    except SyntaxProblem as error:
        problem = error.problem
        return Misread(_piece(text, problem.start), problem.summary, problem.detail)
    refused = standing_alone(node)
    if refused is None:
        return None
    name, (_, summary, detail) = refused
    at = re.search(rf"\b{re.escape(name)}\b", text)
    return Misread(_piece(text, at.start() if at else len(text)), summary, detail)


def letters(source: str) -> Iterator[int]:
    """Where in the source of a text a mark has to be doubled, since only the letters can be meant."""
    return (found.start() for found in _LETTERS.finditer(source))


def _piece(text: str, place: int) -> str:
    """The template around a place, or how it begins."""
    begins = [found.start() for found in MARKED.finditer(text) if found.start() <= place]
    begin = begins[-1] if begins else 0
    end = text.find("}", begin)
    piece = text[begin : end + 1 if end >= 0 else len(text)]
    line = piece.splitlines()[0]
    return line if len(line) <= _SHOWN and line == piece else f"{line[:_SHOWN]}..."


def expression(text: str) -> str:
    """What a text would be in ``${...}``: ``reference`` or ``call``; nothing for what is likely meant as letters."""
    reference = _REFERENCE.fullmatch(text)
    if reference:
        return "reference" if _known(reference) else ""
    if not _CALLED.fullmatch(text):
        return ""
    from onetake.frontends.terraform.syntax.nodes import Call, SyntaxProblem
    from onetake.frontends.terraform.syntax.templates import parse_expression

    try:
        node = parse_expression(text)
    except SyntaxProblem:
        return ""
    return "call" if isinstance(node, Call) and node.arguments else ""


def _known(reference: re.Match[str]) -> bool:
    """Whether the AWS provider has the type, and the type has the attribute."""
    from onetake.knowledge.terraform import data_source_schema, resource_schema, schema_versions

    find = data_source_schema if reference["data"] else resource_schema
    schemas = (find(reference["type"], version) for version in schema_versions())
    return any(reference["name"] in schema.body.names for schema in schemas if schema is not None)
