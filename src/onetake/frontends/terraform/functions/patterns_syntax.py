"""Go's regular expressions (RE2), read into a small tree.

A node is a tuple: ``("one", python)`` for a single character, given as a Python expression; ``("at", kind)`` for a
place; ``("cat", nodes)``; ``("alt", nodes)``; ``("rep", node, least, most, greedy)`` with ``most`` None for no bound;
``("group", node, number)``.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from onetake.frontends.terraform.functions.values import Undetermined

Node: TypeAlias = tuple[Any, ...]

_NAMED = {"d": "0-9", "w": "0-9A-Za-z_", "s": "\\t\\n\\f\\r "}
_POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\\x00-\\x7f",
    "blank": "\\t ",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t\\n\\v\\f\\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_CONTROL = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_COUNT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_GROUP_NAME = re.compile(r"\(\?P?<([^>]*)>")
_FLAGS = re.compile(r"\(\?([imsU]*)(?:-([imsU]+))?([:)])")
_DEPTH = 200


class PatternError(Exception):
    """A pattern that Go refuses: its code and the part at fault."""

    def __init__(self, code: str, part: str) -> None:
        super().__init__(code)
        self.code = code
        self.part = part


class Parsed(NamedTuple):
    """A pattern: its tree, and the names of its groups ("" where a group has none)."""

    node: Node
    groups: tuple[str, ...]


def parse(pattern: str) -> Parsed:
    """The tree of a pattern.

    Raises:
        PatternError: Go refuses it.
        Undetermined: Go accepts it, but it cannot be followed here.
    """
    reader = _Reader(pattern)
    node = reader.alternatives(frozenset(), 0)
    if reader.position < len(pattern):
        raise PatternError("unexpected )", pattern)
    return Parsed(node, tuple(reader.groups))


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0
        self.groups: list[str] = []

    def alternatives(self, flags: frozenset[str], depth: int) -> Node:
        if depth > _DEPTH:
            raise Undetermined("a deeply nested regular expression")
        branches: list[Node] = []
        items: list[Node] = []
        while self.position < len(self.pattern) and (sign := self.pattern[self.position]) != ")":
            if sign == "|":
                self.position += 1
                branches.append(("cat", items))
                items = []
            elif sign in "*+?" or (sign == "{" and _COUNT.match(self.pattern, self.position)):
                self.repeat(items, flags)
            elif self.pattern.startswith("(?", self.position) and (found := _FLAGS.match(self.pattern, self.position)):
                self.position = found.end()
                changed = (flags | set(found[1])) - set(found[2] or "")
                if found[3] == ")":
                    flags = changed
                else:
                    items.append(self.close(self.alternatives(changed, depth + 1)))
            elif sign == "(":
                items.append(self.group(flags, depth))
            else:
                items.extend(self.atom(flags))
        branches.append(("cat", items))
        return branches[0] if len(branches) == 1 else ("alt", branches)

    def group(self, flags: frozenset[str], depth: int) -> Node:
        start = self.position
        name = ""
        if self.pattern.startswith("(?", start):
            found = _GROUP_NAME.match(self.pattern, start)
            if found is None:
                raise self.unsupported_group(start)
            name = found[1]
            if not re.fullmatch(r"[A-Za-z0-9_]+", name):
                raise PatternError("invalid named capture", found[0])
            self.position = found.end()
        else:
            self.position += 1
        self.groups.append(name)
        number = len(self.groups)
        return ("group", self.close(self.alternatives(flags, depth + 1)), number)

    def unsupported_group(self, start: int) -> PatternError:
        rest = self.pattern[start:]
        if rest.startswith(("(?P<", "(?<")):
            return PatternError("invalid named capture", rest)
        return PatternError("invalid or unsupported Perl syntax", rest[:3])

    def close(self, node: Node) -> Node:
        if self.position >= len(self.pattern):
            raise PatternError("missing closing )", self.pattern)
        self.position += 1
        return node

    def repeat(self, items: list[Node], flags: frozenset[str]) -> None:
        start = self.position
        found = _COUNT.match(self.pattern, start) if self.pattern[start] == "{" else None
        self.position = found.end() if found else start + 1
        if not items:
            raise PatternError("missing argument to repetition operator", self.pattern[start : self.position])
        greedy = "U" not in flags
        if self.pattern.startswith("?", self.position):
            self.position += 1
            greedy = not greedy
        least, most = _bounds(self.pattern[start], found)
        if least > 1000 or (most is not None and (most > 1000 or least > most)):
            raise PatternError("invalid repeat count", found[0] if found else "")
        self.no_second_repeat(start)
        if most is None and _may_be_empty(items[-1]):
            raise Undetermined("a repetition of what may be empty")
        items[-1] = ("rep", items[-1], least, most, greedy)

    def no_second_repeat(self, start: int) -> None:
        following = self.pattern[self.position : self.position + 1]
        count = _COUNT.match(self.pattern, self.position) if following == "{" else None
        if (following and following in "*+?") or count:
            end = count.end() if count else self.position + 1
            if self.pattern.startswith("?", end):
                end += 1
            raise PatternError("invalid nested repetition operator", self.pattern[start:end])

    def atom(self, flags: frozenset[str]) -> list[Node]:
        sign = self.pattern[self.position]
        if sign == "[":
            return [("one", _folded(self.bracket(), flags))]
        if sign == "\\":
            return self.escape(flags)
        self.position += 1
        if sign == ".":
            return [("one", "[\\s\\S]" if "s" in flags else "[^\\n]")]
        if sign == "^":
            return [("at", "line start" if "m" in flags else "start")]
        if sign == "$":
            return [("at", "line end" if "m" in flags else "end")]
        return [("one", _folded(re.escape(sign), flags))]

    def escape(self, flags: frozenset[str]) -> list[Node]:
        kind = self.pattern[self.position + 1 : self.position + 2]
        places = {"A": "start", "z": "end", "b": "boundary", "B": "inside"}
        if kind in places and kind:
            self.position += 2
            return [("at", places[kind])]
        if kind == "Q":
            text, _, _ = self.pattern[self.position + 2 :].partition("\\E")
            self.position = min(self.position + 4 + len(text), len(self.pattern))
            return [("one", _folded(re.escape(sign), flags)) for sign in text]
        if kind.lower() in _NAMED and kind:
            self.position += 2
            return [("one", f"[{'^' if kind.isupper() else ''}{_NAMED[kind.lower()]}]")]
        return [("one", _folded(re.escape(self.literal()), flags))]

    def literal(self) -> str:
        """The character that an escape stands for, inside or outside brackets."""
        kind = self.pattern[self.position + 1 : self.position + 2]
        if not kind:
            raise PatternError("trailing backslash at end of expression", "")
        if kind in "pPC":
            raise Undetermined("a regular expression with classes of Unicode")
        if kind == "x" and (
            found := re.compile(r"\\x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))").match(self.pattern, self.position)
        ):
            self.position = found.end()
            return chr(min(int(found[1] or found[2], 16), 0x10FFFF))
        if found := re.compile(r"\\(0[0-7]{0,2}|[1-7][0-7]{1,2})").match(self.pattern, self.position):
            self.position = found.end()
            return chr(int(found[1], 8))
        if kind in _CONTROL:
            self.position += 2
            return _CONTROL[kind]
        if kind.isascii() and not kind.isalnum() and kind != "_":
            self.position += 2
            return kind
        if kind == "_":
            self.position += 2
            return kind
        raise PatternError("invalid escape sequence", "\\" + kind)

    def bracket(self) -> str:
        start = self.position
        self.position += 1
        negated = self.pattern.startswith("^", self.position)
        self.position += negated
        pieces: list[str] = []
        first = True
        while first or not self.pattern.startswith("]", self.position):
            if self.position >= len(self.pattern):
                raise PatternError("missing closing ]", self.pattern[start:])
            pieces.append(self.bracket_item(start))
            first = False
        self.position += 1
        return f"[{'^' if negated else ''}{''.join(pieces)}]"

    def bracket_item(self, start: int) -> str:
        pattern, position = self.pattern, self.position
        if pattern.startswith("[:", position) and (end := pattern.find(":]", position + 2)) > 0:
            name = pattern[position + 2 : end]
            if name.removeprefix("^") not in _POSIX:
                raise PatternError("invalid character class range", pattern[position : end + 2])
            self.position = end + 2
            return _POSIX[name] if name in _POSIX else _complement(_POSIX[name[1:]])
        kind = pattern[position + 1 : position + 2]
        if pattern[position] == "\\" and kind and kind.lower() in _NAMED:
            self.position += 2
            return _NAMED[kind] if kind.islower() else _complement(_NAMED[kind.lower()])
        low = self.bracket_sign(start)
        if pattern.startswith("-", self.position) and pattern[self.position + 1 : self.position + 2] not in {"]", ""}:
            self.position += 1
            high = self.bracket_sign(start)
            if high < low:
                raise PatternError("invalid character class range", pattern[position : self.position])
            return f"{_in_class(low)}-{_in_class(high)}"
        return _in_class(low)

    def bracket_sign(self, start: int) -> str:
        if self.position >= len(self.pattern):
            raise PatternError("missing closing ]", self.pattern[start:])
        if self.pattern[self.position] == "\\":
            return self.literal()
        self.position += 1
        return self.pattern[self.position - 1]


def _may_be_empty(node: Node) -> bool:
    match node:
        case ("cat", list() as nodes):
            return all(map(_may_be_empty, nodes))
        case ("alt", list() as nodes):
            return any(map(_may_be_empty, nodes))
        case ("group", inner, _):
            return _may_be_empty(inner)
        case ("rep", inner, int() as least, _, _):
            return least == 0 or _may_be_empty(inner)
        case ("at", _):
            return True
        case _:
            return False


def _bounds(sign: str, found: re.Match[str] | None) -> tuple[int, int | None]:
    if found is None:
        return (1 if sign == "+" else 0), (1 if sign == "?" else None)
    least = int(found[1])
    if not found[2]:
        return least, least
    return least, int(found[3]) if found[3] else None


def _in_class(sign: str) -> str:
    return re.escape(sign) if ord(sign) < 128 else f"\\U{ord(sign):08x}"


def _complement(ranges: str) -> str:
    inside = re.compile(f"[{ranges}]")
    outside = "".join(_in_class(chr(code)) for code in range(128) if not inside.match(chr(code)))
    return outside + "\\x80-\\U0010ffff"


def _folded(expression: str, flags: frozenset[str]) -> str:
    return f"(?i:{expression})" if "i" in flags else expression
