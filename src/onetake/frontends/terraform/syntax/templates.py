"""Templates: text with ``${...}`` to fill in and ``%{...}`` directives, quoted, in heredocs, or bare as in JSON."""

from __future__ import annotations

import re
from typing import TypeAlias

from onetake.frontends.terraform.syntax import directives
from onetake.frontends.terraform.syntax.expressions import Expressions
from onetake.frontends.terraform.syntax.nodes import (
    Conditional,
    For,
    Literal,
    Node,
    SyntaxProblem,
    Template,
)
from onetake.model.records import record

_QUOTED_TEXT = re.compile(r'[^"\\$%\n]+')
_BARE_TEXT = re.compile(r"[^$%]+")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_UNICODE = re.compile(r"u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})")


@record(frozen=False)
class _Directive:
    """A ``%{...}`` that is not yet paired with its end."""

    word: str
    at: int
    condition: Node | None = None
    key: str = ""
    item: str = ""


_Piece: TypeAlias = Node | _Directive


class Parser(Expressions):
    """The whole expression language, with templates.

    Attributes:
        in_quotes: whether the template around is a quoted one.
    """

    in_quotes = False

    def quoted(self) -> Node:
        """The quoted template that starts here."""
        start = self.position
        self.position += 1
        outer, self.nested = self.nested, 0
        quoted, self.in_quotes = self.in_quotes, True
        pieces = self._pieces(len(self.text), quoted=True)
        self.nested, self.in_quotes = outer, quoted
        return _template(_stripped(pieces), start, self.position)

    def heredoc(self, closing: re.Pattern[str], *, flush: bool, start: int) -> Node:
        """The heredoc from here to the line ``closing``; ``flush`` takes away the indentation of all its lines."""
        outer, self.nested = self.nested, 0
        pieces = self._pieces(self._end(closing, start), quoted=False, closing=closing)
        found = closing.match(self.text, self.position)
        end = self.position = found.end() if found else self.position
        self.nested = outer
        pieces = _stripped(_lines(pieces) if flush else pieces, lines=True)
        return _template(_flush(pieces) if flush else pieces, start, end)

    def _end(self, closing: re.Pattern[str], start: int) -> int:
        """Where the line stands that ends a heredoc."""
        found = closing.search(self.text, self.position)
        if found is None:
            raise SyntaxProblem("Unterminated template string", "No closing marker was found for the string.", start)
        return found.start()

    def bare(self) -> Node:
        """The whole text as a template without quotes or escapes, as strings in JSON are."""
        return _template(_stripped(self._pieces(len(self.text), quoted=False), lines=True), 0, len(self.text))

    def _pieces(  # noqa: C901 - one branch for each sign that means something
        self, last: int, *, quoted: bool, closing: re.Pattern[str] | None = None
    ) -> list[_Piece]:
        plain = _QUOTED_TEXT if quoted else _BARE_TEXT
        pieces: list[_Piece] = []
        text: list[str] = []
        begin = self.position

        def finish() -> None:
            nonlocal begin
            if text:
                pieces.append(Literal(composed("".join(text)), begin, self.position))
                text.clear()
            begin = self.position

        while self.position < last:
            run = plain.match(self.text, self.position, last)
            if run:
                text.append(run[0])
                self.position = run.end()
                continue
            sign = self.text[self.position]
            following = self.text[self.position + 1 : self.position + 2]
            if quoted and sign == '"':
                finish()
                self.position += 1
                return pieces
            if quoted and sign == "\\":
                text.append(self._escape())
            elif quoted and sign == "\n":
                raise SyntaxProblem(
                    "Invalid multi-line string",
                    "Quoted strings may not be split over multiple lines. To produce a multi-line string, either use "
                    'the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax.',
                    self.position,
                )
            elif following == sign and self.text.startswith("{", self.position + 2):
                text.append(sign + "{")
                self.position += 3
            elif following == "{":
                finish()
                pieces += self._filled(sign)
                begin = self.position
                if closing is not None and self.position > last:
                    # What was filled in held a heredoc with the same marker.
                    last = self._end(closing, begin)
            else:
                text.append(sign)
                self.position += 1
        if quoted:
            raise SyntaxProblem(
                "Unterminated template string", "No closing marker was found for the string.", self.position
            )
        finish()
        return pieces

    def _escape(self) -> str:
        start = self.position
        sign = self.text[start + 1 : start + 2]
        if sign in _ESCAPES:
            self.position += 2
            return _ESCAPES[sign]
        found = _UNICODE.match(self.text, start + 1)
        code = int(found[1] or found[2], 16) if found else 0x110000
        if found is None or code > 0x10FFFF:
            raise SyntaxProblem(
                "Invalid escape sequence", f'The symbol "{sign}" is not a valid escape sequence selector.', start
            )
        self.position = found.end()
        return chr(code)

    def _filled(self, sign: str) -> list[_Piece]:
        """The ``${...}`` or ``%{...}`` that starts here."""
        start = self.position
        self.position += 2
        self.nested += 1
        strip_before = self.accept("~")
        try:
            piece: _Piece = self.expression() if sign == "$" else self._directive(start)
            if isinstance(piece, Literal):
                # What is filled in is no text of the template, which markers and margins are about.
                piece = Template((piece,), piece.start, piece.end)
            strip_after = self.accept("~")
            if not self.accept("}"):
                raise self._unclosed(piece.word if isinstance(piece, _Directive) else "")
        finally:
            self.nested -= 1
        marks: list[_Piece] = []
        if strip_before:
            marks.append(_Directive("strip-before", start))
        marks.append(piece)
        if strip_after:
            marks.append(_Directive("strip-after", start))
        return marks

    def _unclosed(self, marker: str) -> SyntaxProblem:
        """What is wrong with a sequence that does not end here, in Terraform's words."""
        if marker:
            return SyntaxProblem(f"Extra characters in {marker} marker", directives.EXTRA, self.position)
        extra, unclosed = "Extra characters after interpolation expression", "Unclosed template interpolation sequence"
        match self.text[self.position : self.position + 1]:
            case "":
                return SyntaxProblem(unclosed, directives.NO_BRACE.format("file"), self.position)
            case ":":
                return SyntaxProblem(extra, directives.COLON, self.position)
            case '"' if self.in_quotes:
                return SyntaxProblem(unclosed, directives.NO_BRACE.format("quoted template"), self.position)
            case _:
                return SyntaxProblem(extra, directives.OTHER_LANGUAGE, self.position)

    def _directive(self, start: int) -> _Directive:
        word = self.identifier("Invalid template directive", directives.NO_KEYWORD)
        if word == "if":
            return _Directive(word, start, self.expression())
        if word == "for":
            item = self.identifier(directives.INVALID_FOR, "For directive requires variable name after 'for'.")
            key = ""
            if self.accept(","):
                detail = "For directive requires value variable name after comma."
                key, item = item, self.identifier(directives.INVALID_FOR, detail)
            if self.word() != "in":
                detail = "For directive requires 'in' keyword after names."
                raise SyntaxProblem(directives.INVALID_FOR, detail, self.position)
            self.identifier("", "")
            return _Directive(word, start, self.expression(), key, item)
        if word in directives.ENDS:
            return _Directive(word, start)
        raise directives.unknown(word, start)


def composed(text: str) -> str:
    """A text as Terraform keeps it: accents are part of their letters (normal form C)."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def _lines(pieces: list[_Piece]) -> list[_Piece]:
    """``pieces`` with a text of its own for each line, as the scanner of heredocs and bare templates makes them."""
    found: list[_Piece] = []
    for piece in pieces:
        if isinstance(piece, Literal) and isinstance(piece.value, str) and "\n" in piece.value:
            found += [Literal(line, piece.start, piece.end) for line in _LINE.findall(piece.value)]
        else:
            found.append(piece)
    return found


def _stripped(pieces: list[_Piece], *, lines: bool = False) -> list[_Piece]:
    """Carry out the ``~`` marks: each strips the one text beside it, which ``lines`` makes the line beside it."""
    if not any(isinstance(piece, _Directive) and piece.word.startswith("strip") for piece in pieces):
        return pieces
    if lines:
        pieces = _lines(pieces)
    found: list[_Piece] = []
    strip = False
    for piece in pieces:
        text = isinstance(piece, Literal) and isinstance(piece.value, str)
        if isinstance(piece, _Directive) and piece.word == "strip-before":
            before = found[-1] if found else None
            if isinstance(before, Literal) and isinstance(before.value, str):
                before.value = before.value.rstrip()
        elif isinstance(piece, _Directive) and piece.word == "strip-after":
            strip = True
        else:
            if strip and text and isinstance(piece, Literal):
                piece.value = str(piece.value).lstrip()
            strip = False
            found.append(piece)
    return found


def _template(pieces: list[_Piece], start: int, end: int) -> Node:
    parts = _merged(_group(pieces, 0)[0])
    if not parts:
        return Literal("", start, end)
    if len(parts) == 1 and isinstance(parts[0], Literal) and isinstance(parts[0].value, str):
        return Literal(parts[0].value, start, end)
    return Template(tuple(parts), start, end)


def _merged(parts: list[Node]) -> list[Node]:
    """``parts`` with neighbouring texts made one."""
    found: list[Node] = []
    texts: list[Literal] = []
    for part in (*parts, None):
        if isinstance(part, Literal) and isinstance(part.value, str):
            texts.append(part)
            continue
        if texts:
            whole = "".join(str(text.value) for text in texts)
            found.append(Literal(whole, texts[0].start, texts[-1].end) if len(texts) > 1 else texts[0])
            texts = []
        if part is not None:
            found.append(part)
    return found


def _group(
    pieces: list[_Piece], place: int, begun: _Directive | None = None, until: tuple[str, ...] = ()
) -> tuple[list[Node], int]:
    """Pair directives with their ends: ``if``/``else``/``endif`` and ``for``/``endfor``."""
    parts: list[Node] = []
    while place < len(pieces):
        piece = pieces[place]
        if not isinstance(piece, _Directive):
            parts.append(piece)
            place += 1
            continue
        if piece.word in until:
            return parts, place
        if piece.word == "if" and piece.condition is not None:
            yes, place = _group(pieces, place + 1, piece, ("else", "endif"))
            no: list[Node] = []
            if _word(pieces, place) == "else":
                no, place = _group(pieces, place + 1, piece, ("endif",))
            parts.append(Conditional(piece.condition, _joined(yes), _joined(no), piece.at, piece.at))
        elif piece.word == "for" and piece.condition is not None:
            body, place = _group(pieces, place + 1, piece, ("endfor",))
            parts.append(For(piece.key, piece.item, piece.condition, None, _joined(body), None, False, True, piece.at))
        else:
            raise directives.unexpected(piece.word, piece.at, begun.word if begun else "", until)
        place += 1
    if begun is not None:
        raise directives.unended(begun.word, len(pieces))
    return parts, place


def _word(pieces: list[_Piece], place: int) -> str:
    piece = pieces[place] if place < len(pieces) else None
    return piece.word if isinstance(piece, _Directive) else ""


def _joined(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Literal) else Template((*parts, Literal("")))


def _flush(pieces: list[_Piece]) -> list[_Piece]:
    """Take away the indentation that all lines of a ``<<-`` heredoc share; lines of space alone do not count."""
    margins: list[int] = []
    starting: list[Literal] = []
    begins = True
    for piece in pieces:
        text = piece.value if isinstance(piece, Literal) else None
        if not isinstance(text, str) or not isinstance(piece, Literal):
            margins += [0] if begins else []
            begins = False
            continue
        if begins and not (text.isspace() and text.endswith("\n")):
            margins.append(len(text) - len(text.lstrip()))
            starting.append(piece)
        begins = text.endswith("\n")
    for piece in starting:
        piece.value = str(piece.value)[min(margins) :]
    return pieces


_SIMPLE = re.compile(r"\$\{\s*([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+)\s*\}")


def parse_text(text: str) -> Node:
    """The template that a text in JSON is; plain text and single references take a short way.

    Raises:
        SyntaxProblem: the text is no template.
    """
    if "${" not in text and "%{" not in text:
        return Literal(text, 0, len(text))
    simple = _SIMPLE.fullmatch(text)
    if simple:
        from onetake.frontends.terraform.syntax.bodies import traversal

        return Template((traversal(simple[1], 2),), 0, len(text))
    return Parser(text).bare()


def parse_expression(text: str) -> Node:
    """A single expression.

    Raises:
        SyntaxProblem: the text is no expression.
    """
    parser = Parser(text)
    parser.nested = 1
    node = parser.expression()
    parser.skip()
    if parser.position < len(text):
        raise SyntaxProblem("Extra characters after expression", "An expression was ended already.", parser.position)
    return node
