"""Bodies of native configuration files: arguments and blocks, with a short way for the commonest lines."""

from __future__ import annotations

import re

from onetake.frontends.terraform.syntax.cursor import IDENTIFIER
from onetake.frontends.terraform.syntax.expressions import fraction
from onetake.frontends.terraform.syntax.nodes import (
    Argument,
    Attribute,
    Block,
    Body,
    Literal,
    Node,
    Problem,
    SyntaxProblem,
    Variable,
)
from onetake.frontends.terraform.syntax.templates import Parser, composed

# name = "text" | true | 12 | a.b.c on a line of its own: most arguments of most programs.
_LINE = re.compile(
    r"[ \t]*([A-Za-z_][\w-]*)[ \t]*=[ \t]*"
    r'(?:"([^"\\$%\n]*)"|(-?\d{1,15}(?:\.\d+)?)(?![\w.])|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*))'
    r"[ \t]*(?:(?:#|//)[^\n]*)?\r?\n"
)
_BLANK = re.compile(r"(?:[ \t\r]*(?:(?:#|//)[^\n]*)?\n)*")
_NEXT_BLOCK = re.compile(r"^[A-Za-z_][\w-]*(?:[ \t]+\"[^\"\n]*\")*[ \t]*(?:\{|=)", re.MULTILINE)
_LABEL = re.compile(r'"((?:[^"\\$\n]|\\.)*)"')
_KEYWORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parse_file(text: str) -> tuple[Body, list[Problem]]:
    """The body of a file, and what is wrong with its syntax; what can be read around an error is kept."""
    parser = _Bodies(text)
    body = Body()
    problems: list[Problem] = []
    while True:
        try:
            parser.into(body, closing=False)
        except (SyntaxProblem, RecursionError) as found:
            problems.append(found.problem if isinstance(found, SyntaxProblem) else _too_deep(parser.position))
            parser.opened.clear()
            # Go on at the next line that starts a block at the margin, as people write them.
            following = _NEXT_BLOCK.search(text, max(text.find("\n", parser.position), parser.position) + 1)
            if following is None or len(problems) >= 20:
                return body, problems
            parser.position = following.start()
            parser.nested = parser.depth = 0
        else:
            return body, problems


def _too_deep(position: int) -> Problem:
    return Problem("Expression too complex", "The expression is nested too deeply.", position, position + 1)


class _Bodies(Parser):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.opened: list[int] = []
        """Where the blocks around this place begin."""

    def into(self, body: Body, *, closing: bool) -> None:
        """Read arguments and blocks into ``body``, up to the closing brace or the end of the file."""
        while True:
            blank = _BLANK.match(self.text, self.position)
            self.position = blank.end() if blank else self.position
            line = _LINE.match(self.text, self.position)
            if line:
                self._add(body, _argument(line), line.start(1))
                self.position = line.end()
                continue
            sign = self._item_start()
            if not sign:
                if closing:
                    raise SyntaxProblem(
                        "Unclosed configuration block",
                        "There is no closing brace for this block before the end of the file. This may be caused by "
                        "incorrect brace nesting elsewhere in this file.",
                        self.opened[-1] if self.opened else self.position,
                    )
                return
            if sign == "}" and closing:
                self.position += 1
                return
            self._item(body)

    def _item_start(self) -> str:
        self.nested += 1
        sign = self.skip()
        self.nested -= 1
        return sign

    def _item(self, body: Body) -> None:
        start = self.position
        name = self.word()
        if not name:
            raise SyntaxProblem(
                "Argument or block definition required", "An argument or block definition is required here.", start
            )
        self.position += len(name)
        if self.skip() == ":":
            raise SyntaxProblem(
                "Argument or block definition required",
                'An argument or block definition is required here. To set an argument, use the equals sign "=" to '
                "introduce the argument value.",
                start,
                start + len(name),
            )
        if self.text.startswith("=", self.position) and not self.text.startswith("==", self.position):
            self.position += 1
            value = self.expression()
            self._add(body, Argument(name, value, start, self._last()), start)
            self._line_end("argument")
            return
        labels_end, labels = self._labels(start, start + len(name))
        header_end = self.position
        self.depth += 1
        if self.depth > 60:
            raise SyntaxProblem("Block nested too deeply", "Blocks may not be nested this deeply.", start)
        inner = Body()
        if self._on_one_line():
            self._single(inner)
        else:
            self.opened.append(header_end - 1)
            self.into(inner, closing=True)
            self.opened.pop()
        self.depth -= 1
        body.blocks.append(Block(name, labels, inner, start, header_end, self.position, labels_end))
        self._line_end("block")

    def _last(self) -> int:
        """Where what was just read ends: space behind it may have been skipped in search of more."""
        end = self.position
        while self.text[end - 1] in " \t\r":
            end -= 1
        return end

    def _on_one_line(self) -> bool:
        """Whether something follows the opening brace on its line."""
        return self.skip() not in ("\n", "")

    def _single(self, body: Body) -> None:
        """A block on one line: nothing, or one argument."""
        if self.accept("}"):
            return
        start = self.position
        name = self.word()
        self.position += len(name)
        self.skip()
        if name and not self.text.startswith("=", self.position):
            raise SyntaxProblem(
                "Argument definition required",
                "A single-line block definition can contain only a single argument. If you meant to define argument "
                f'"{name}", use an equals sign to assign it a value. To define a nested block, place it on a line of '
                "its own within its parent block.",
                start,
            )
        self.position = start
        if not name:
            raise SyntaxProblem(
                "Argument or block definition required", "An argument or block definition is required here.", start
            )
        self.position += len(name)
        self.accept("=")
        value = self.expression()
        self._add(body, Argument(name, value, start, self._last()), start)
        if not self.accept("}"):
            raise SyntaxProblem(
                "Invalid single-argument block definition",
                "An argument definition on the same line as its containing block creates a single-line block "
                "definition, which must also be closed on the same line. Place the block's closing brace immediately "
                "after the argument definition.",
                self.position,
            )

    def _labels(self, start: int, end: int) -> tuple[int, tuple[str, ...]]:
        """Where the header of a block ends, and its labels; the opening brace is passed over."""
        labels: list[str] = []
        while not self.accept("{"):
            quoted = _LABEL.match(self.text, self.position)
            if quoted:
                labels.append(quoted[1])
                end = self.position = quoted.end()
                continue
            bare = IDENTIFIER.match(self.text, self.position)
            if bare is None:
                raise SyntaxProblem(
                    "Invalid block definition",
                    'A block definition must have block content delimited by "{" and "}", starting on the same line '
                    "as the block header.",
                    self.position if labels else start,
                )
            labels.append(bare[0])
            end = self.position = bare.end()
        return end, tuple(labels)

    def _line_end(self, kind: str) -> None:
        """After an argument or a block only the line's end, or the block's, may follow."""
        sign = self.skip()
        if sign in ("\n", "", "}"):
            return
        if kind == "argument":
            raise SyntaxProblem(
                "Missing newline after argument", "An argument definition must end with a newline.", self.position
            )
        raise SyntaxProblem(
            "Missing newline after block definition", "A block definition must end with a newline.", self.position
        )

    def _add(self, body: Body, argument: Argument, at: int) -> None:
        earlier = body.arguments.get(argument.name)
        if earlier is not None:
            line = self.text.count("\n", 0, earlier.start) + 1
            column = earlier.start - self.text.rfind("\n", 0, earlier.start)
            self.position = max(self.position, argument.end)
            raise SyntaxProblem(
                "Attribute redefined",
                f'The argument "{argument.name}" was already set at \0:{line},{column}-{column + len(argument.name)}. '
                "Each argument may be set only once.",
                at,
                at + len(argument.name),
            )
        body.arguments[argument.name] = argument


def _argument(line: re.Match[str]) -> Argument:
    start, end = line.start(1), line.end()
    if line[2] is not None:
        value: Node = Literal(composed(line[2]), line.start(2) - 1, line.end(2) + 1)
        end = value.end
    elif line[3] is not None:
        number = fraction(line[3]) if "." in line[3] else int(line[3])
        value = Literal(number, line.start(3), line.end(3))
        end = value.end
    else:
        name = line[4]
        end = line.end(4)
        value = Literal(_KEYWORDS[name], line.start(4), end) if name in _KEYWORDS else traversal(name, line.start(4))
    return Argument(line[1], value, start, end)


def traversal(text: str, start: int) -> Node:
    """``a.b.c`` as nodes, its first character standing at ``start``."""
    first, *rest = text.split(".")
    place = start + len(first)
    node: Node = Literal(_KEYWORDS[first], start, place) if first in _KEYWORDS else Variable(first, start, place)
    for name in rest:
        place += 1 + len(name)
        node = Attribute(node, name, start, place)
    return node
