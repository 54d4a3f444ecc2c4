"""The logical lines of a Python file: tokens, and the part of each as far as it decides the space around it."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Iterable, Iterator
from tokenize import TokenInfo

from onetake.model.records import record

_LAYOUT = frozenset({tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER})
_VALUES = frozenset({"True", "False", "None"})
_SIGNED = frozenset({"+", "-", "*", "**", "/"})
"""Operators that stand before one operand, too; the slash stands alone in a list of parameters."""
_SOFT = frozenset({"match", "case", "type"})

Part = str
"""``open``, ``close``, ``comma``, ``colon``, ``slice``, ``dot``, ``unary``, ``binary``, ``power``, ``hug`` (the ``=``
of an argument), ``keyword``, ``word``, ``atom`` (texts and numbers), ``semicolon``, or ``unsure``."""


@record
class Line:
    """A logical line: a simple statement, or the header of a compound one."""

    tokens: list[TokenInfo]
    parts: list[Part]
    comments: list[TokenInfo]
    """Those on its rows."""
    spliced: bool
    """Whether a backslash continues one of its rows."""

    @property
    def rows(self) -> range:
        """The rows that it covers."""
        return range(self.tokens[0].start[0], self.tokens[-1].end[0] + 1)

    @property
    def plain(self) -> bool:
        """Whether every row ends where its tokens do: no backslash, no text over several rows."""
        return not self.spliced and all(one.start[0] == one.end[0] for one in self.tokens)


@record
class Source:
    """The tokens of a file."""

    rows: list[str]
    lines: list[Line]
    comments: list[TokenInfo]
    """All of them, also those on rows of their own."""
    indents: list[tuple[int, str]]
    """The rows that begin a block, with all the space before their first word."""
    texts: frozenset[int]
    """Rows that end inside a text."""


def read(text: str) -> Source:
    """The tokens of ``text``.

    Raises:
        SyntaxError, tokenize.TokenError: it is no Python.
    """
    rows = text.split("\n")
    tokens = list(_whole_texts(tokenize.generate_tokens(io.StringIO(text).readline), rows))
    if any(one.type == tokenize.ERRORTOKEN for one in tokens):
        raise SyntaxError("a character that tokenize does not know")
    inside = {row for one in tokens if one.type == tokenize.STRING for row in range(one.start[0], one.end[0])}
    lines: list[Line] = []
    line: list[TokenInfo] = []
    comments: list[TokenInfo] = []
    for one in tokens:
        if one.type == tokenize.COMMENT:
            comments.append(one)
        elif one.type == tokenize.NEWLINE and line:
            lines.append(_line(line, comments, rows, inside))
            line = []
        elif one.type not in _LAYOUT and one.type != tokenize.NEWLINE:
            if not line:
                comments = []
            line.append(one)
    return Source(
        rows,
        lines,
        [one for one in tokens if one.type == tokenize.COMMENT],
        [(one.start[0], one.string) for one in tokens if one.type == tokenize.INDENT],
        frozenset(inside),
    )


def _line(tokens: list[TokenInfo], comments: list[TokenInfo], rows: list[str], inside: set[int]) -> Line:
    first, last = tokens[0].start[0], tokens[-1].end[0]
    commented = {one.start[0] for one in comments}
    spliced = any(rows[row - 1].endswith("\\") for row in range(first, last) if row not in inside | commented)
    return Line(tokens, [*_parts(tokens)], comments, spliced)


def _whole_texts(tokens: Iterable[TokenInfo], rows: list[str]) -> Iterator[TokenInfo]:
    """Formatted texts as one token each, as they are before Python 3.12."""
    start: TokenInfo | None = None
    depth = 0
    for one in tokens:
        name = tokenize.tok_name[one.type]
        if name in ("FSTRING_START", "TSTRING_START"):
            start = start or one
            depth += 1
        elif name in ("FSTRING_END", "TSTRING_END"):
            depth -= 1
            if not depth and start is not None:
                yield TokenInfo(tokenize.STRING, _between(rows, start.start, one.end), start.start, one.end, one.line)
                start = None
        elif not depth:
            yield one


def _between(rows: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    if start[0] == end[0]:
        return rows[start[0] - 1][start[1] : end[1]]
    middle = rows[start[0] : end[0] - 1]
    return "\n".join((rows[start[0] - 1][start[1] :], *middle, rows[end[0] - 1][: end[1]]))


class _Bracket:
    """An open bracket, or the line itself."""

    def __init__(self, text: str, *, subscript: bool = False, parameters: bool = False) -> None:
        self.text = text
        self.subscript = subscript
        self.parameters = parameters
        self.annotated = False
        self.lambdas = 0


def _parts(tokens: list[TokenInfo]) -> Iterator[Part]:
    """The part of each token, told from those before it."""
    stack = [_Bracket("")]
    ended = False
    """Whether an operand ended, so that an operator joins it with the next."""
    defined = [one.string for one in tokens[:2]]
    parameters = "def" in defined
    importing = defined[:1] == ["from"]
    for at, one in enumerate(tokens):
        top = stack[-1]
        text = one.string
        if one.type == tokenize.NAME:
            part = "keyword" if keyword.iskeyword(text) and text not in _VALUES else "word"
            top.lambdas += text == "lambda"
            importing = importing and text != "import"
        elif one.type != tokenize.OP:
            part = "atom"
        elif text in "([{":
            part = "open"
            stack.append(_Bracket(text, subscript=ended, parameters=parameters and text == "("))
            parameters = parameters and text != "("
        elif text in ")]}":
            part = "close"
            stack.pop()
        else:
            part = _operator(text, top, ended=ended, first=at == 0, importing=importing)
            if at == 1 and tokens[0].string in (*_SOFT, "except") and part in ("unary", "binary"):
                part = "unsure"
        yield part
        ended = part in ("word", "atom", "close")


def _operator(text: str, top: _Bracket, *, ended: bool, first: bool, importing: bool) -> Part:
    simple = {",": "comma", ";": "semicolon", ".": "dot", "~": "unary", "!": "unsure", "->": "binary"}
    if text in simple:
        top.annotated = top.annotated and text != ","
        return simple[text]
    if text == "...":
        return "dot" if importing else "word"
    if text == ":":
        if top.lambdas:
            top.lambdas -= 1
            return "colon"
        top.annotated = True
        return "slice" if top.text == "[" else "colon"
    if text == "=":
        return _equals(top)
    if text == ":=":
        return "unsure" if top.text == "[" else "binary"
    if (text in _SIGNED and not ended) or (text == "@" and first):
        return "unary"
    return "power" if text == "**" else "binary"


def _equals(top: _Bracket) -> Part:
    """Of an assignment or a default with an annotation, or of an argument."""
    if top.lambdas:
        return "hug"
    if top.text in ("[", "{"):
        return "unsure"
    return "binary" if not top.text or (top.parameters and top.annotated) else "hug"
