"""A run in numbers: verdicts by kind, findings by rule, and everything that had no answer, grouped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tools.corpus.outcomes import Outcome

SLOW = 2.0
"""Seconds beyond which a program is named as slow."""


def lines(outcomes: Sequence[Outcome], examples: int = 3) -> Iterator[str]:
    """The summary of ``outcomes``, with at most ``examples`` programs for each line."""
    yield from _verdicts(outcomes)
    yield from _rules(outcomes, examples)
    for word in ("crash", "timeout", "unreadable"):
        told = [(outcome.path, outcome.detail) for outcome in outcomes if outcome.stopped == word]
        yield from _grouped(word, told, examples)
    yield from _grouped("rules that crashed", [(o.path, text) for o in outcomes for text in o.crashes], examples)
    yield from _grouped("not read", [(o.path, text) for o in outcomes for text in o.notes], examples)
    yield from _slow(outcomes)


def _verdicts(outcomes: Sequence[Outcome]) -> Iterator[str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        counts[outcome.kind][outcome.verdict] += 1
        counts["all"][outcome.verdict] += 1
    for kind, count in counts.items():
        told = ", ".join(f"{number} {word}" for word, number in count.most_common())
        yield f"{kind}: {count.total()} programs: {told}"


def _rules(outcomes: Sequence[Outcome], examples: int) -> Iterator[str]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    worst: dict[str, str] = {}
    for outcome in outcomes:
        for said in outcome.findings:
            word = f"{said.severity}{', if' if said.conditional else ''}"
            found[f"{said.rule} ({word})"][outcome.path].append(f"{said.resource}: {said.message}")
            worst[f"{said.rule} ({word})"] = said.severity
    order = {"critical": 0, "high": 1}
    for rule, programs in sorted(found.items(), key=lambda item: (order.get(worst[item[0]], 2), -len(item[1]))):
        yield f"\n{rule}: {len(programs)} programs, {sum(map(len, programs.values()))} findings"
        for path, told in list(programs.items())[:examples]:
            yield f"    {path}"
            yield f"        {told[0][:240]}"


def _grouped(title: str, told: Sequence[tuple[str, str]], examples: int) -> Iterator[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for path, text in told:
        groups[_shape(text)].append(f"{path}: {text[:200]}")
    if groups:
        yield f"\n{title}: {len({path for path, _ in told})} programs, {len(groups)} kinds"
    for shape, paths in sorted(groups.items(), key=lambda item: -len(item[1])):
        yield f"  {len(paths):5}  {shape[:160]}"
        yield from (f"           {path}" for path in paths[:examples])


def _shape(text: str) -> str:
    """``text`` without what differs from program to program."""
    text = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "'...'", text.partition("\n")[0])
    return re.sub(r"\S+/\S+|\b\d+\b", "...", text)


def _slow(outcomes: Sequence[Outcome]) -> Iterator[str]:
    slow = sorted((o for o in outcomes if o.seconds > SLOW), key=lambda outcome: -outcome.seconds)
    times = sorted(outcome.seconds for outcome in outcomes if not outcome.stopped)
    if times:
        middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        told = f"median {middle:.3f}, 99th of 100 {late:.3f}, longest {times[-1]:.3f}"
        yield f"\nseconds: {sum(times):.1f} in all, {told}"
    if slow:
        yield f"slower than {SLOW:g} s: {len(slow)} programs"
        yield from (f"    {outcome.seconds:7.2f}  {outcome.path}" for outcome in slow[:20])
