"""The shape of texts that a provider tells in words, or not at all: learnt by changing texts that it accepts.

What is learnt is an expression that every accepted text matches: a text that does not match is refused, of others
nothing is said. It is only used where no accepted text of hundreds breaks it: probes, typical values of all kinds, and
random changes of those that were accepted.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from random import Random

from onetake.model.records import record

Refused = Callable[[str], bool]
"""Whether the provider refuses a text with the words that are looked at."""
LONGEST_BASE = 72
ENDLESS = 2100
"""Lengths beyond which no limit is looked for."""
FORMS = 6
"""How many ways of writing one thing are told apart; a text with more is left alone."""
MOST_BETWEEN = 2
"""How many literals are kept between the first and the last."""
CHANGES = 40
CROSSINGS = 250
_LOWER, _UPPER, _DIGITS = "abfgmz", "ABFGMZ", "0123456789"
_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n"
_CHARACTERS = _LOWER + _UPPER + _DIGITS + _SIGNS + "é"
_FEW = "agzAGZ09-_./: é"
_ALIKE = (string.ascii_lowercase, string.ascii_uppercase, _DIGITS)
_ALL = string.printable


@record
class Run:
    """Neighbouring places of a text that take the same characters."""

    start: int
    end: int
    allowed: frozenset[str]
    """Of those that were tried; one character only at places that take no other."""


def learnt(refused: Refused, texts: Sequence[str]) -> str | None:
    """An expression that every accepted text matches; ``None`` when none is found that all that was asked agrees with.

    ``texts`` are probes and typical values, of which the accepted ones are changed.
    """
    accepted = [text for text in texts if not refused(text)]
    if len(accepted) == len(texts):
        return None
    forms: list[str] = []
    for _ in range(FORMS):
        rest = [text for text in accepted if text and not _matches(forms, text)]
        if not rest:
            break
        base = min(rest, key=_merit)
        if len(base) > LONGEST_BASE:
            return None
        forms.append(_form(base, refused))
        if not _matches(forms, base):
            return None
        accepted += [text for text in _changed(base, forms[-1]) if not refused(text)]
    accepted += [text for text in _crossed(accepted) if not refused(text)]
    whole = _told(forms, accepted, [text for text in texts if refused(text)])
    if whole is None:
        return None
    # An empty text is often let pass as if nothing were given.
    return whole if "" not in accepted or re.search(whole, "", re.ASCII) else f"^$|{whole}"


def _told(forms: Sequence[str], accepted: Sequence[str], refused: Sequence[str]) -> str | None:
    """The forms as one expression, or the first anywhere in a text, that matches what is accepted and not all else."""
    whole = f"^{forms[0]}$" if len(forms) == 1 else f"^(?:{'|'.join(forms)})$" if forms else ""
    # Between characters that have to be there anything may stand: which ones were tried there says little.
    for candidate in (whole, _GAP.sub(r"[\\s\\S]*", whole), *forms[:1]):
        found = re.compile(candidate.removesuffix("$") + "\\Z" if candidate[:1] == "^" else candidate, re.ASCII)
        if all(found.search(text) for text in accepted if text) and not all(found.search(text) for text in refused):
            return candidate
    return None


_GAP = re.compile(r"\[(?:[^\]\\]|\\.)*\]\*")


def _merit(text: str) -> tuple[bool, int, int, str]:
    """Texts of middling length and few signs are changed first."""
    return not 6 <= len(text) <= 40, sum(not sign.isalnum() for sign in text), len(text), text


def _matches(forms: Sequence[str], text: str) -> bool:
    return any(_compiled(form).fullmatch(text) for form in forms)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form, re.ASCII)


def _form(base: str, refused: Refused) -> str:
    """An expression of texts like ``base``.

    Where some places take one character only, what is between them is as free as it can be: other texts may have more
    parts, or parts of other lengths.
    """
    runs = [*_runs(base, refused)]
    classes = [_class(base, run, refused) for run in runs]
    alone = [_inside(place, runs) for place in range(len(runs))]
    if any(len(run.allowed) == 1 for run in runs) or len(runs) - sum(alone) > 1:
        return _loose(base, runs, classes, refused)
    lows = [1 if one else _shortest(base, run, refused) for one, run in zip(alone, runs, strict=True)]
    return "".join(
        f"[{signs}]" if alone[place] else f"[{signs}]" + _times(lows[place], _longest(base, runs, lows, place, refused))
        for place, signs in enumerate(classes)
    )


def _loose(base: str, runs: Sequence[Run], classes: Sequence[str], refused: Refused) -> str:
    """The characters that have to be there, in their order, and between them any of those that may be."""
    fixed = {at for run in runs if len(run.allowed) == 1 for at in range(run.start, run.end)}
    fixed = {at for at in fixed if refused(_with(base, at, at + 1, ""))}
    signs = {at: classes[place] for place, run in enumerate(runs) if _separates(run) for at in (run.start,)}
    gaps = {at for at in range(len(base) + 1) if {at - 1, at} & (fixed | {-1, len(base)})}
    more = {at: {one for one in {*"a-0/", base[at - 1 : at]} if one and not refused(_with(base, at, at, one))}
            for at in gaps}  # fmt: skip
    every = _union(base, classes, set().union(*more.values()))
    parts: list[str] = []
    for at in range(len(base) + 1):
        if more.get(at):
            parts.append(every)
        if at < len(base):
            literal = _literal(base[at]) if at in fixed else f"[{signs[at]}]" if at in signs else every
            parts.append(literal)
    return _shortened(parts, every)


def _shortened(parts: Sequence[str], every: str) -> str:
    """The parts as one expression: one gap after another is one, and of many literals only the outer ones are kept.

    Each gap multiplies the time that an expression takes for a text that does not match.
    """
    literals = ["".join(group) for gap, group in groupby(parts, key=lambda part: part == every) if not gap]
    open_, closed = parts[0] == every, parts[-1] == every
    first = [] if open_ else literals[:1]
    last = [] if closed else literals[len(first) :][-1:]
    middle = literals[len(first) : len(literals) - len(last)]
    if len(literals) == 1 and not (open_ or closed):
        return literals[0]
    kept = middle if len(middle) <= MOST_BETWEEN else [*middle[:1], *middle[-1:]]
    return every.join(["".join(first), *kept, "".join(last)])


def _separates(run: Run) -> bool:
    return run.end - run.start == 1 < len(run.allowed) and not any(sign.isalnum() for sign in run.allowed)


def _literal(sign: str) -> str:
    return re.escape(sign).replace("\\-", "-")


def _union(base: str, classes: Sequence[str], more: set[str]) -> str:
    """Any number of the characters of all classes, and those of the text itself."""
    if any(signs[:1] == "^" or signs == r"\s\S" for signs in classes):
        return r"[\s\S]*"
    taken = {sign for sign in _ALL if any(signs and re.match(f"[{signs}]", sign) for signs in classes)}
    return f"[{_ranges(taken | more | set(base))}]*"


def _times(low: int, high: int | None) -> str:
    if high is None:
        return {0: "*", 1: "+"}.get(low, f"{{{low},}}")
    return ("" if low == 1 else f"{{{low}}}") if low == high else f"{{{low},{high}}}"


def _runs(base: str, refused: Refused) -> Iterator[Run]:
    allowed = [
        frozenset(sign for sign in {*_FEW, base[at]} if sign == base[at] or not refused(_with(base, at, at + 1, sign)))
        for at in range(len(base))
    ]
    for at, signs in enumerate(allowed):
        if len(signs) == 1 and (alike := next((some for some in _ALIKE if base[at] in some), "")):
            # Units, tens of minutes and the like: one of a few.
            allowed[at] = signs | {one for one in alike if not refused(_with(base, at, at + 1, one))}
    # The character that stands there says nothing of its neighbours, unless it is one of those that are tried anyway.
    told = [some if len(some := signs & set(_FEW)) > 1 else signs for signs in allowed]
    for _, places in groupby(range(len(base)), key=lambda at: (told[at], len(allowed[at]) > 1 or at)):
        group = [*places]
        yield Run(group[0], group[-1] + 1, told[group[0]])


def _with(base: str, start: int, end: int, text: str) -> str:
    return base[:start] + text + base[end:]


def _inside(place: int, runs: Sequence[Run]) -> bool:
    """Whether a single place takes no more than its neighbours do: the first or last of a run of them."""
    run = runs[place]
    beside = [runs[at] for at in (place - 1, place + 1) if 0 <= at < len(runs)]
    return run.end - run.start == 1 < len(run.allowed) and any(run.allowed < other.allowed for other in beside)


def _class(base: str, run: Run, refused: Refused) -> str:
    """The characters of a run as the inside of a class."""
    if len(run.allowed) == 1:
        return ""
    at = (run.start + run.end) // 2 if run.end - run.start > 1 else run.start
    taken = {sign for sign in _CHARACTERS if not refused(_with(base, at, at + 1, sign))}
    taken |= {*base[run.start : run.end], *run.allowed}
    if "é" not in taken:
        return _ranges(taken)
    left = _ranges({sign for sign in _CHARACTERS if sign not in taken}, whole=False)
    return f"^{left}" if left else r"\s\S"


def _ranges(signs: set[str], *, whole: bool = True) -> str:
    """The contents of a class; letters that were not tried count as those around them when ``whole``."""
    parts: list[str] = []
    for first, last, some in (("a", "z", _LOWER), ("A", "Z", _UPPER)):
        mine = {sign for sign in signs if first <= sign <= last}
        hexadecimal = set(some[:3])
        if not mine:
            continue
        if len(mine & set(some)) < 2 and whole:
            parts.append("".join(sorted(mine)))
        elif all(sign <= some[2] for sign in mine) and hexadecimal <= mine:
            parts.append(f"{first}-{some[2]}")
        elif whole or set(some) <= mine:
            parts.append(f"{first}-{last}")
    digits = "".join(sorted(signs & set(_DIGITS)))
    parts.insert(0, "0-9" if digits == _DIGITS else digits)
    others = sorted(sign for sign in signs if not ("a" <= sign <= "z" or "A" <= sign <= "Z" or sign in _DIGITS))
    escaped = {"\t": r"\t", "\n": r"\n", "\\": r"\\", "]": r"\]", "[": r"\[", "^": r"\^"}
    return "".join([*parts, *(escaped.get(sign, sign) for sign in others if sign != "-"), "-" * ("-" in others)])


def _sized(base: str, run: Run, length: int) -> str:
    """The run with as many characters."""
    own = base[run.start : run.end]
    if length <= len(own):
        return own[: (length + 1) // 2] + own[len(own) - length // 2 :]
    middle = len(own) // 2
    return own[:middle] + own[middle] * (length - len(own)) + own[middle:]


def _shortest(base: str, run: Run, refused: Refused) -> int:
    low, high = 0, run.end - run.start
    while low < high:
        middle = (low + high) // 2
        if refused(_with(base, run.start, run.end, _sized(base, run, middle))):
            low = middle + 1
        else:
            high = middle
    return low


def _longest(base: str, runs: Sequence[Run], lows: Sequence[int], place: int, refused: Refused) -> int | None:
    """The greatest length of a run while the others are short; ``None`` when it has no end."""

    def text(length: int, *, short: bool) -> str:
        sizes = [lows[at] if short else run.end - run.start for at, run in enumerate(runs)]
        sizes[place] = length
        return "".join(_sized(base, run, size) for run, size in zip(runs, sizes, strict=True))

    own = runs[place].end - runs[place].start
    short = not refused(text(own, short=True))
    low, high = own, ENDLESS
    if not refused(text(high, short=short)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if refused(text(middle, short=short)):
            high = middle
        else:
            low = middle
    return low


def _changed(base: str, form: str) -> Iterator[str]:
    """Random changes of ``base``, the same for the same base and form."""
    chance = Random(f"{base}\n{form}")  # noqa: S311 - no secrets
    if ":aws:" in base:
        yield from (base.replace(":aws:", f":{partition}:", 1) for partition in ("aws-cn", "aws-us-gov", "aws-iso-b"))
    pool = base + base + "az09AZ-_./: "
    for _ in range(CHANGES):
        text = base
        for _ in range(chance.choice((1, 1, 2, 3, 5))):
            at, until = sorted(chance.choices(range(len(text) + 1), k=2))
            match chance.randrange(5):
                case 0:
                    text = _with(text, at, at + 1, "")
                case 1:
                    text = _with(text, at, at, chance.choice(pool))
                case 2:
                    text = _with(text, at, at + 1, chance.choice(pool))
                case 3:
                    text = _with(text, at, at, text[at:until])
                case _:
                    text = _with(text, at, until, "")
        if text:
            yield text


def _crossed(accepted: Sequence[str]) -> Iterator[str]:
    """Random changes of all that is accepted, and what comes of joining parts of it, the same for the same texts."""
    accepted = [text for text in dict.fromkeys(accepted) if text]
    chance = Random("\n".join(accepted))  # noqa: S311 - no secrets
    for _ in range(CROSSINGS if accepted else 0):
        text = chance.choice(accepted)[:LONGEST_BASE]
        for _ in range(chance.choice((1, 1, 2, 3, 6))):
            at = chance.randrange(len(text) + 1)
            until = min(len(text), at + chance.choice((1, 1, 2, 4, 12)))
            other = chance.choice((chance.choice(_CHARACTERS), chance.choice(_FEW), chance.choice(accepted)[:30], ""))
            text = _with(text, at, chance.choice((at, until)), other)
        if text:
            yield text
