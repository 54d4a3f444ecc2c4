"""Matches a regular expression in time linear in the text: all ways to match are followed at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from onetake.frontends.terraform.functions.patterns_syntax import Node
from onetake.frontends.terraform.functions.values import Undetermined

Spans: TypeAlias = tuple[tuple[int, int], ...]
Slots: TypeAlias = tuple[int, ...]
Thread: TypeAlias = tuple[int, Slots]
Instruction: TypeAlias = tuple[str, object, object]

_LARGEST = 20_000
_STEPS = 20_000_000


def machine(node: Node) -> Callable[[str, int], Spans | None]:
    """A function that finds the first match of a tree from a position on."""
    program = _Program()
    program.add(node)
    program.emit("match", None, None)
    slots = 2 * (program.groups + 1)
    return lambda text, position: _search(program.code, slots, text, position)


class _Program:
    """The instructions of a tree."""

    def __init__(self) -> None:
        self.code: list[Instruction] = []
        self.groups = 0

    def emit(self, kind: str, one: object, other: object) -> int:
        if len(self.code) >= _LARGEST:
            raise Undetermined("a large regular expression")
        self.code.append((kind, one, other))
        return len(self.code) - 1

    def add(self, node: Node) -> None:
        match node:
            case ("one", str() as expression):
                self.emit("one", re.compile(expression).match, {})
            case ("at", str() as place):
                self.emit("at", place, None)
            case ("cat", list() as nodes):
                for inner in nodes:
                    self.add(inner)
            case ("alt", list() as nodes):
                self.alternatives(nodes)
            case ("group", inner, int() as number):
                self.groups = max(self.groups, number)
                self.emit("save", 2 * number, None)
                self.add(inner)
                self.emit("save", 2 * number + 1, None)
            case ("rep", inner, int() as least, most, bool() as greedy):
                self.repetition(inner, least, most, greedy=greedy)
            case _:
                raise TypeError(node)

    def alternatives(self, nodes: list[Node]) -> None:
        ends: list[int] = []
        for inner in nodes[:-1]:
            split = self.emit("split", None, None)
            self.add(inner)
            ends.append(self.emit("jump", None, None))
            self.code[split] = ("split", split + 1, len(self.code))
        self.add(nodes[-1])
        for end in ends:
            self.code[end] = ("jump", len(self.code), None)

    def repetition(self, inner: Node, least: int, most: int | None, *, greedy: bool) -> None:
        for _ in range(least):
            self.add(inner)
        if most is None:
            start = self.emit("split", None, None)
            self.add(inner)
            self.emit("jump", start, None)
            self.code[start] = _choice(start + 1, len(self.code), greedy=greedy)
            return
        starts: list[int] = []
        for _ in range(most - least):
            starts.append(self.emit("split", None, None))
            self.add(inner)
        for start in starts:
            self.code[start] = _choice(start + 1, len(self.code), greedy=greedy)


def _choice(inside: int, behind: int, *, greedy: bool) -> Instruction:
    return ("split", inside, behind) if greedy else ("split", behind, inside)


def _search(code: list[Instruction], slots: int, text: str, start: int) -> Spans | None:
    empty = (-1,) * (slots - 1)
    best: Slots | None = None
    threads: list[Thread] = []
    steps = 0
    for position in range(start, len(text) + 1):
        if best is None:
            threads.append((0, (position, *empty)))
        active = _followed(code, threads, text, position)
        steps += len(active)
        if steps > _STEPS:
            raise Undetermined("a regular expression that takes long")
        threads = []
        for place, saved in active:
            kind, one, other = code[place]
            if kind == "match":
                best = (saved[0], position, *saved[2:])
                break
            if position < len(text) and _accepts(one, other, text[position]):
                threads.append((place + 1, saved))
        if best is not None and not threads:
            break
    return None if best is None else tuple(zip(best[::2], best[1::2], strict=True))


def _accepts(matcher: object, memory: object, sign: str) -> bool:
    assert isinstance(memory, dict)  # noqa: S101  # narrows what an instruction holds
    answer = memory.get(sign)
    if answer is None:
        assert callable(matcher)  # noqa: S101
        answer = memory[sign] = matcher(sign) is not None
    return bool(answer)


def _followed(code: list[Instruction], threads: list[Thread], text: str, position: int) -> list[Thread]:
    """Every instruction that ``threads`` reach without taking a character, preferred ones first."""
    seen: set[int] = set()
    active: list[Thread] = []
    stack = threads[::-1]
    while stack:
        place, saved = stack.pop()
        if place in seen:
            continue
        seen.add(place)
        match code[place]:
            case ("jump", int() as target, _):
                stack.append((target, saved))
            case ("split", int() as first, int() as second):
                stack += ((second, saved), (first, saved))
            case ("save", int() as slot, _):
                stack.append((place + 1, (*saved[:slot], position, *saved[slot + 1 :])))
            case ("at", str() as kind, _):
                if _is_at(kind, text, position):
                    stack.append((place + 1, saved))
            case _:
                active.append((place, saved))
    return active


def _is_at(kind: str, text: str, position: int) -> bool:
    match kind:
        case "start":
            return position == 0
        case "end":
            return position == len(text)
        case "line start":
            return position == 0 or text[position - 1] == "\n"
        case "line end":
            return position == len(text) or text[position] == "\n"
        case _:
            before = position > 0 and _is_word(text[position - 1])
            after = position < len(text) and _is_word(text[position])
            return (before != after) == (kind == "boundary")


def _is_word(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign == "_")
