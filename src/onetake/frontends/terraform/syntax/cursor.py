"""A place in the text of a configuration, and what moves it over space, signs and names."""

from __future__ import annotations

import re
from collections.abc import Callable

from onetake.frontends.terraform.syntax.nodes import Node, SyntaxProblem

_SPACE = re.compile(r"(?:[ \t\r]+|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
SPACE_AND_LINES = re.compile(r"(?:[ \t\r\n]+|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
IDENTIFIER = re.compile(r"[^\W\d][\w-]*(?:::[^\W\d][\w-]*)*")
UNTERMINATED = {
    kind: (
        f"Unterminated {name}",
        f"There is no {begins} {bracket} {where}before the end of the file. This may be caused by incorrect {bracket} "
        "nesting elsewhere in this file.",
    )
    for kind, name, begins, bracket, where in (
        ("call", "function call", "closing", "parenthesis", "for this function call "),
        ("tuple", "tuple constructor expression", "corresponding closing", "bracket", ""),
        ("object", "object constructor expression", "corresponding closing", "brace", ""),
    )
}
"""What is said of brackets that nothing closes."""


class Cursor:
    """A place in a text that moves forward as expressions are parsed.

    ``nested`` counts the brackets around the place: inside of any, line ends are only space.
    """

    def __init__(self, text: str, position: int = 0) -> None:
        self.text = text
        self.position = position
        self.nested = 0
        self.depth = 0

    def skip(self) -> str:
        """Move over space and comments; the next character, or an empty text at the end."""
        following = self.text[self.position : self.position + 1]
        if following not in " \t\r\n#/":
            return following  # the commonest case by far
        pattern = SPACE_AND_LINES if self.nested else _SPACE
        found = pattern.match(self.text, self.position)
        if found is not None:
            self.position = found.end()
        return self.text[self.position : self.position + 1]

    def accept(self, token: str) -> bool:
        """Move over ``token`` if it comes next."""
        self.skip()
        if self.text.startswith(token, self.position):
            self.position += len(token)
            return True
        return False

    def expect(self, token: str, summary: str, detail: str, unterminated: tuple[str, str] | None = None) -> None:
        """Move over ``token``.

        Args:
            token: what has to come next.
            summary: what is said where something else comes.
            detail: the same at length.
            unterminated: what is said instead where the text ends.

        Raises:
            SyntaxProblem: something else comes next.
        """
        if not self.accept(token):
            ended = unterminated is not None and self.position >= len(self.text)
            raise SyntaxProblem(*(unterminated if unterminated and ended else (summary, detail)), self.position)

    def word(self) -> str:
        """The identifier that comes next, without moving; empty if there is none."""
        self.skip()
        found = IDENTIFIER.match(self.text, self.position)
        return found[0] if found else ""

    def identifier(self, summary: str, detail: str) -> str:
        """Move over an identifier.

        Raises:
            SyntaxProblem: something else comes next.
        """
        name = self.word()
        if not name:
            raise SyntaxProblem(summary, detail, self.position)
        self.position += len(name)
        return name

    def inside(self, parse: Callable[[], Node]) -> Node:
        """Parse with one more bracket around."""
        self.nested += 1
        try:
            return parse()
        finally:
            self.nested -= 1
