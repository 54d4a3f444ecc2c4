"""What moved between two runs: verdicts, and findings by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tools.corpus.outcomes import Outcome, Said

EXAMPLES = 5


@dataclass(slots=True)
class Movement:
    """How two runs differ."""

    verdicts: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """Paths by what the verdict was and is."""
    gained: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By rule: ``path resource`` of the findings that are new."""
    lost: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    changed: list[str] = field(default_factory=list)
    """Programs whose content is another; their verdicts are not compared."""
    only: list[str] = field(default_factory=list)
    """Programs that only one of the runs has."""

    @property
    def still(self) -> bool:
        """Nothing moved."""
        return not (self.verdicts or self.gained or self.lost)


def movement(before: Iterable[Outcome], after: Iterable[Outcome]) -> Movement:
    """How ``after`` differs from ``before``, program by program."""
    old, new = ({outcome.path: outcome for outcome in run} for run in (before, after))
    moved = Movement(only=sorted(old.keys() ^ new.keys()))
    for path in sorted(old.keys() & new.keys()):
        was, now = old[path], new[path]
        if was.sha256[:16] != now.sha256[:16]:
            moved.changed.append(path)
            continue
        if was.verdict != now.verdict:
            moved.verdicts[was.verdict, now.verdict].append(path)
        ours, theirs = Counter(map(_key, now.findings)), Counter(map(_key, was.findings))
        for said in _distinct(ours - theirs):
            moved.gained[said[0]].append(f"{path} {said[1]}")
        for said in _distinct(theirs - ours):
            moved.lost[said[0]].append(f"{path} {said[1]}")
    return moved


def _key(said: Said) -> tuple[str, str, bool]:
    return said.rule, said.resource, said.conditional


def _distinct(keys: Counter[tuple[str, str, bool]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((rule, resource) for rule, resource, _ in keys))


def lines(moved: Movement, examples: int = EXAMPLES) -> Iterator[str]:
    """``moved`` for people to read."""
    if moved.still:
        yield "nothing moved"
    for (was, now), paths in sorted(moved.verdicts.items()):
        yield f"{was} -> {now}: {len(paths)} programs"
        yield from _some(paths, examples)
    for title, by_rule in (("new", moved.gained), ("gone", moved.lost)):
        for rule, places in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
            yield f"{title}: {rule} ({len(places)})"
            yield from _some(places, examples)
    if moved.changed:
        yield f"content changed, not compared: {len(moved.changed)} programs"
    if moved.only:
        yield f"in one of the runs only: {len(moved.only)} programs"


def _some(places: list[str], examples: int) -> Iterator[str]:
    yield from (f"    {place}" for place in places[:examples])
    if len(places) > examples:
        yield f"    and {len(places) - examples} more"
