"""Does a pattern of a policy cover a text, when only pieces of either are known?

``YES``: whatever the unknown pieces hold. ``NO``: whatever they hold. A piece that occurs on both sides holds
the same text on both; it is part of a real name there, so it contains no wildcard.
"""

from __future__ import annotations

from functools import lru_cache

from onetake.mechanisms.policies.names import ACCOUNT, REGION, WRITTEN
from onetake.model.language import Truth
from onetake.model.text import glob
from onetake.model.values import Gap, Part, Reference

Token = str | Reference | Gap
State = tuple[int, bool]
"""How many tokens of the pattern are done, and whether the next one, an unknown piece, is begun."""

_DELIMITERS = frozenset(":/")


@lru_cache(maxsize=8192)
def covers(pattern: tuple[Part, ...], text: tuple[Part, ...], *, wildcards: bool) -> Truth:
    """Does ``pattern`` cover ``text``? Without ``wildcards``, ``*`` and ``?`` are letters like others."""
    if len(pattern) == 1 == len(text) and isinstance(pattern[0], str) and isinstance(text[0], str):
        if not wildcards:
            return Truth.of(pattern[0] == text[0])
        return Truth.of(glob(pattern[0]).fullmatch(text[0]) is not None)
    left, right = _tokens(pattern), _tokens(text)
    if not _may(left, right, wildcards=wildcards):
        return Truth.NO
    return Truth.YES if _surely(left, right, wildcards=wildcards) else Truth.UNKNOWN


def _tokens(pieces: tuple[Part, ...]) -> list[Token]:
    return [token for piece in pieces for token in (piece if isinstance(piece, str) else (piece,))]


def _surely(pattern: list[Token], text: list[Token], *, wildcards: bool) -> bool:
    """Unknown pieces of the text are covered by ``*`` and by themselves only."""
    states = _past_stars(pattern, {0}, wildcards=wildcards)
    for token in text:
        following: set[int] = set()
        for at in states:
            if at == len(pattern):
                continue
            sign = pattern[at]
            if wildcards and sign == "*":
                following.add(at)
            elif sign == token or (wildcards and sign == "?" and isinstance(token, str)):
                following.add(at + 1)
        states = _past_stars(pattern, following, wildcards=wildcards)
    return len(pattern) in states


def _past_stars(pattern: list[Token], states: set[int], *, wildcards: bool) -> set[int]:
    found = set(states)
    for state in states:
        at = state
        while wildcards and at < len(pattern) and pattern[at] == "*":
            at += 1
            found.add(at)
    return found


def _may(pattern: list[Token], text: list[Token], *, wildcards: bool) -> bool:
    """Unknown pieces of either side may hold anything that their kind admits."""
    states: set[State] = {(0, False)}
    for place, token in enumerate(text):
        following: set[State] = set()
        for at, begun in _skipping(pattern, states, text, place, wildcards=wildcards):
            if at < len(pattern) or not isinstance(token, str):
                following |= _step(pattern, at, token, begun=begun, wildcards=wildcards)
        if not following:
            return False
        states = following
    return any(at == len(pattern) for at, _ in _skipping(pattern, states, text, len(text), wildcards=wildcards))


def _step(pattern: list[Token], at: int, token: Token, *, begun: bool, wildcards: bool) -> set[State]:
    """Where the pattern may stand after ``token`` of the text."""
    sign = pattern[at] if at < len(pattern) else None
    if isinstance(token, str):
        if isinstance(sign, str):
            if wildcards and sign == "*":
                return {(at, False)}
            return {(at + 1, False)} if sign == token or (wildcards and sign == "?") else set()
        return {(at, True)} if sign is not None and token not in _excluded(sign) else set()
    if sign == token and not begun:
        return {(at + 1, False)}
    reached: set[State] = {(at, begun)}
    excluded = _excluded(token)
    for index in range(at, len(pattern)):
        if pattern[index] in excluded:
            break
        reached.add((index, begun if index == at else False))
        reached.add((index, True))
        reached.add((index + 1, False))
    return reached


def _skipping(
    pattern: list[Token], states: set[State], text: list[Token], place: int, *, wildcards: bool
) -> set[State]:
    """``states`` and those reached when stars and unknown pieces of the pattern hold no (more) text."""
    found: set[State] = set()
    pending = list(states)
    while pending:
        state = pending.pop()
        at, begun = state
        if state in found:
            continue
        sign = pattern[at] if at < len(pattern) else None
        if sign is not None and not isinstance(sign, str) and not begun:
            if _surely_other(pattern, at, text, place):
                continue
            if place < len(text) and sign == text[place]:
                found.add(state)
                continue
        found.add(state)
        if (wildcards and sign == "*") or (sign is not None and not isinstance(sign, str)):
            pending.append((at + 1, False))
    return found


def _surely_other(pattern: list[Token], at: int, text: list[Token], place: int) -> bool:
    """Do the names of two different resources begin here, and end at delimiters that neither contains?"""
    left = pattern[at]
    right = text[place] if place < len(text) else None
    if not isinstance(left, Reference) or not isinstance(right, Reference):
        return False
    if left.target == right.target or left.attribute != right.attribute:
        return False
    return _ends(pattern, at + 1) and _ends(text, place + 1)


def _ends(tokens: list[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at] in _DELIMITERS


def _excluded(token: Token) -> frozenset[Token]:
    """Letters that an unknown piece cannot hold."""
    if token in (ACCOUNT, REGION):
        return frozenset(":/*?.")
    if isinstance(token, Reference) and token.attribute == WRITTEN:
        return frozenset(":*?")
    return frozenset()
