"""Expressions: a recursive-descent parser that works on the text itself, token by token as it needs them."""

from __future__ import annotations

import re

from onetake.frontends.terraform.syntax.cursor import IDENTIFIER, SPACE_AND_LINES, UNTERMINATED, Cursor
from onetake.frontends.terraform.syntax.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Element,
    For,
    Index,
    Literal,
    Node,
    Object,
    Splat,
    SyntaxProblem,
    Tuple,
    Unary,
    Variable,
)

MAX_DEPTH = 100
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_HEREDOC = re.compile(r"<<(-?)([^\W\d][\w-]*)[ \t\r]*\n")
_DOTTED = re.compile(rf"{IDENTIFIER.pattern}(?:\.{IDENTIFIER.pattern})+")
_OLD_INDEX = re.compile(r"\d+")
_OPERATOR = re.compile(r"\|\||&&|==|!=|<=|>=|<(?!<)|>|\+|-|\*|/(?![/*])|%")
_STRENGTH = {
    **dict.fromkeys(("||",), 1),
    **dict.fromkeys(("&&",), 2),
    **dict.fromkeys(("==", "!="), 3),
    **dict.fromkeys(("<", ">", "<=", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%"), 6),
}
"""How tightly each operator binds."""
_NO_OPERATOR = frozenset({"", "\n", ",", "}", ")", "]"})
"""What most often follows an operand."""
_NOT_BEGUN = ("Invalid expression", "Expected the start of an expression, but found an invalid expression token.")
_ENDED = ("Missing expression", "Expected the start of an expression, but found the end of the file.")
_KEYWORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def fraction(text: str) -> int | float:
    """A number that is written with a point or an exponent."""
    value = float(text)
    if value.is_integer() and abs(value) < 2**53:
        return int(value)
    if len(text) < 17 and not value.is_integer():
        return value
    from onetake.frontends.terraform.functions.types import parse_number

    return parse_number(text)


class Expressions(Cursor):
    """The grammar of expressions."""

    def expression(self) -> Node:
        """A whole expression: a conditional or anything that binds tighter.

        Raises:
            SyntaxProblem: the text is no expression, or nests too deep.
        """
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SyntaxProblem("Expression too complex", "The expression is nested too deeply.", self.position)
        try:
            condition = self._binary(1)
            if not self.text.startswith("?", self.position):
                return condition
            self.position += 1
            yes = self.expression()
            self.expect(
                ":",
                "Missing false expression in conditional",
                "The conditional operator (...?...:...) requires a false expression, delimited by a colon.",
            )
            no = self.expression()
            return Conditional(condition, yes, no, condition.start, no.end)
        finally:
            self.depth -= 1

    def _binary(self, weakest: int) -> Node:
        """Operands joined by operators that bind at least as tightly as ``weakest``."""
        left = self._unary()
        while True:
            if self.skip() in _NO_OPERATOR:
                return left
            found = _OPERATOR.match(self.text, self.position)
            strength = _STRENGTH[found[0]] if found else 0
            if found is None or strength < weakest:
                return left
            self.position = found.end()
            right = self._binary(strength + 1)
            left = Binary(found[0], left, right, left.start, right.end)

    def _unary(self) -> Node:
        sign = self.skip()
        start = self.position
        if sign == "-" or (sign == "!" and not self.text.startswith("!=", start)):
            self.position += 1
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise SyntaxProblem("Expression too complex", "The expression is nested too deeply.", start)
            operand = self._unary()
            self.depth -= 1
            if isinstance(operand, Literal) and sign == "-" and type(operand.value) in (int, float):
                return Literal(-operand.value, start, operand.end)  # type: ignore[operator]
            return Unary(sign, operand, start, operand.end)
        return self._postfix(self._primary(sign))

    def _postfix(self, subject: Node) -> Node:
        while True:
            following = self.text[self.position : self.position + 1]
            if following in " \t\r\n#/" and (self.nested or following in " \t"):
                # Space may stand before an index or an attribute inside brackets; look past it without moving.
                before = self.position
                following = self.skip()
                if following not in (".", "["):
                    self.position = before
                    return subject
            if following == "." and not self.text.startswith("...", self.position):
                subject = self._dotted(subject)
            elif following == "[":
                subject = self._bracketed(subject)
            else:
                return subject

    def _dotted(self, subject: Node) -> Node:
        self.position += 1
        if self.accept("*"):
            return self._splat(subject, full=False)
        self.skip()
        number = _OLD_INDEX.match(self.text, self.position)
        if number:
            # aws_x.y.0.z is the old spelling of an index.
            self.position = number.end()
            return Index(subject, Literal(int(number[0])), subject.start, self.position)
        name = self.identifier("Invalid attribute name", "An attribute name is required after a dot.")
        return Attribute(subject, name, subject.start, self.position)

    def _bracketed(self, subject: Node) -> Node:
        self.position += 1
        self.nested += 1
        try:
            if self.skip() == "*":
                self.position += 1
                self.expect(
                    "]",
                    "Missing close bracket on splat index",
                    'The star for a full splat operator must be immediately followed by a closing bracket ("]").',
                )
                splat = True
            else:
                splat = False
                key = self.expression()
                self.expect(
                    "]", "Missing close bracket on index", 'The index operator must end with a closing bracket ("]").'
                )
        finally:
            self.nested -= 1
        if splat:
            return self._splat(subject, full=True)
        return Index(subject, key, subject.start, self.position)

    def _splat(self, subject: Node, *, full: bool) -> Node:
        each: Node = Element(self.position, self.position)
        while True:
            following = self.text[self.position : self.position + 1]
            if following == "." and not self.text.startswith("...", self.position):
                each = self._dotted(each)
            elif following == "[" and full:
                each = self._bracketed(each)
            else:
                return Splat(subject, each, subject.start, self.position)
            if isinstance(each, Splat):
                return Splat(subject, each, subject.start, self.position)

    def _primary(self, sign: str) -> Node:
        start = self.position
        if sign == '"':
            return self.quoted()
        if sign == "(":
            self.position += 1
            inner = self.inside(self.expression)
            self.nested += 1
            try:
                self.expect(
                    ")", "Unbalanced parentheses", "Expected a closing parenthesis to terminate the expression."
                )
            finally:
                self.nested -= 1
            return inner
        if sign == "[":
            return self._sequence()
        if sign == "{":
            return self._mapping()
        if sign == "<":
            return self._heredoc()
        number = _NUMBER.match(self.text, start)
        if number:
            self.position = number.end()
            text = number[0]
            return Literal(int(text) if text.isdecimal() else fraction(text), start, self.position)
        return self._named(start)

    def _named(self, start: int) -> Node:
        if self.text.startswith("'", start):
            detail = 'Single quotes are not valid. Use double quotes (") to enclose strings.'
            raise SyntaxProblem("Invalid character", detail, start)
        dotted = _DOTTED.match(self.text, start)
        if dotted:
            return self._steps(dotted)
        if start >= len(self.text):
            raise SyntaxProblem(*_ENDED, start)
        name = self.identifier(*_NOT_BEGUN)
        if name in _KEYWORDS:
            return Literal(_KEYWORDS[name], start, self.position)
        before = self.position
        if self.skip() != "(":
            self.position = before
            return Variable(name, start, before)
        self.position += 1
        self.nested += 1
        try:
            arguments: list[Node] = []
            expand = False
            while not self.accept(")"):
                arguments.append(self.expression())
                if self.accept("..."):
                    expand = True
                    self.accept(",")
                    self.expect(
                        ")",
                        "Missing closing parenthesis",
                        "An expanded function argument (with ...) must be immediately followed by closing parentheses.",
                    )
                    break
                if not self.accept(","):
                    self.expect(
                        ")",
                        "Missing argument separator",
                        "A comma is required to separate each function argument from the next.",
                        UNTERMINATED["call"],
                    )
                    break
        finally:
            self.nested -= 1
        return Call(name, tuple(arguments), expand, start, self.position)

    def _steps(self, dotted: re.Match[str]) -> Node:
        """A traversal without spaces and brackets, which most are: ``aws_vpc.main.id``."""
        start = dotted.start()
        root, *names = dotted[0].split(".")
        self.position = start + len(root)
        subject: Node = (
            Literal(_KEYWORDS[root], start, self.position)
            if root in _KEYWORDS
            else Variable(root, start, self.position)
        )
        for name in names:
            self.position += 1 + len(name)
            subject = Attribute(subject, name, start, self.position)
        return subject

    def _sequence(self) -> Node:
        start = self.position
        self.position += 1
        self.nested += 1
        try:
            if self.word() == "for":
                return self._for(start, "]")
            items: list[Node] = []
            while not self.accept("]"):
                items.append(self.expression())
                if not self.accept(","):
                    self.expect(
                        "]",
                        "Missing item separator",
                        "Expected a comma to mark the beginning of the next item.",
                        UNTERMINATED["tuple"],
                    )
                    break
            return Tuple(tuple(items), start, self.position)
        finally:
            self.nested -= 1

    def _mapping(self) -> Node:
        start = self.position
        self.position += 1
        self.nested += 1
        try:
            if self.word() == "for" and re.compile(r"for\s+[^\W\d][\w-]*\s*(?:,\s*[^\W\d][\w-]*\s*)?in\b").match(
                self.text, self.position
            ):
                return self._for(start, "}")
            items: list[tuple[Node, Node]] = []
            while not self.accept("}"):
                key = self._key()
                if not self.accept("="):
                    self.expect(
                        ":",
                        "Missing key/value separator",
                        'Expected an equals sign ("=") to mark the beginning of the attribute value.',
                        UNTERMINATED["object"],
                    )
                value = self.expression()
                items.append((key, value))
                separated = self.accept(",")
                between = self.text[value.end : self.position]
                if separated and "\n" in between and between.strip() == ",":
                    # The line end was a separator already.
                    raise SyntaxProblem(_NOT_BEGUN[0], _NOT_BEGUN[1], self.position - 1)
                separated = separated or "\n" in between
                if not separated and self.position >= len(self.text):
                    raise SyntaxProblem(*UNTERMINATED["object"], start)
                if not separated and not self.text.startswith("}", self.position):
                    raise SyntaxProblem(
                        "Missing attribute separator",
                        "Expected a newline or comma to mark the beginning of the next attribute.",
                        self.position,
                    )
            return Object(tuple(items), False, start, self.position)
        finally:
            self.nested -= 1

    def _key(self) -> Node:
        name = self.word()
        if name:
            end = self.position + len(name)
            after = SPACE_AND_LINES.match(self.text, end)
            place = after.end() if after else end
            if self.text.startswith(("=", ":"), place) and not self.text.startswith("==", place):
                key = Literal(name, self.position, end)
                self.position = end
                return key
        return self.expression()

    def _for(self, start: int, closing: str) -> Node:
        self.identifier("", "")
        detail = "For expression requires variable name after 'for'."
        item = self.identifier("Invalid 'for' expression", detail)
        key = ""
        if self.accept(","):
            key, item = (
                item,
                self.identifier("Invalid 'for' expression", "For expression requires value variable name after comma."),
            )
        if (
            self.identifier(
                "Invalid 'for' expression", "For expression requires the 'in' keyword after its name declarations."
            )
            != "in"
        ):
            raise SyntaxProblem(
                "Invalid 'for' expression",
                "For expression requires the 'in' keyword after its name declarations.",
                self.position,
            )
        collection = self.expression()
        self.expect(":", "Invalid 'for' expression", "For expression requires a colon after the collection expression.")
        result = self.expression()
        key_result = None
        if self.accept("=>"):
            key_result, result = result, self.expression()
        if (key_result is None) is (closing == "}"):
            detail = "required when building an object" if closing == "}" else "not valid when building a tuple"
            raise SyntaxProblem("Invalid 'for' expression", f"Key expression is {detail}.", self.position)
        group = self.accept("...")
        condition = None
        if self.word() == "if":
            self.position += 2
            condition = self.expression()
        self.expect(closing, "Invalid 'for' expression", "Extra characters after the end of the 'for' expression.")
        return For(key, item, collection, key_result, result, condition, group, False, start, self.position)

    def quoted(self) -> Node:
        """A quoted template; overridden where templates are parsed."""
        raise NotImplementedError

    def _heredoc(self) -> Node:
        found = _HEREDOC.match(self.text, self.position)
        if found is None:
            raise SyntaxProblem(*_NOT_BEGUN, self.position)
        start = self.position
        self.position = found.end()
        closing = re.compile(rf"^[ \t]*{re.escape(found[2])}[ \t\r]*$", re.MULTILINE)
        return self.heredoc(closing, flush=bool(found[1]), start=start)

    def heredoc(self, closing: re.Pattern[str], *, flush: bool, start: int) -> Node:
        """The template from here to the line ``closing``; overridden where templates are parsed."""
        raise NotImplementedError
