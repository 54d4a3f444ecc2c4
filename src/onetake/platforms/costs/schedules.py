"""How much of a week something runs that is scaled by a clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from onetake.platforms.synthesized import Resource, Synthesized, blocks

_WEEK: Final = 7 * 24
_DAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


def share_of_week(stack: Synthesized, resource: Resource) -> float:
    """The part of a week in which scheduled actions leave a resource its capacity: 1 where there are none.

    What scales to nothing at one hour and back at another runs in between; schedules that cannot be read count as
    never scaling down, so that an estimate is rather too high.
    """
    actions = sorted(_actions(stack, resource))
    if not actions:
        return 1.0
    running = actions[-1][1]
    on = 0
    for hour in range(_WEEK):
        for when, state in actions:
            if when == hour:
                running = state
        on += running
    return on / _WEEK


def _actions(stack: Synthesized, resource: Resource) -> Iterator[tuple[int, bool]]:
    """Hours of the week at which capacity is given or taken away."""
    for one in stack.of("aws_autoscaling_schedule"):
        if resource.address in one.references:
            for hour in _hours(str(one.arguments.get("recurrence", "")), first=0):
                yield hour, one.arguments.get("min_size", 0) > 0
    targets = {one.address for one in stack.of("aws_appautoscaling_target") if resource.address in one.references}
    for one in stack.of("aws_appautoscaling_scheduled_action"):
        if targets & one.references:
            (action,) = blocks(one.arguments["scalable_target_action"])
            found = re.fullmatch(r"cron\((.*)\)", str(one.arguments.get("schedule", "")))
            for hour in _hours(found[1] if found else "", first=1):
                yield hour, int(action.get("min_capacity", 0)) > 0


def _hours(expression: str, first: int) -> Iterator[int]:
    """The hours of a week, from Sunday midnight, at which a cron expression fires at full hours.

    Args:
        expression: minute, hour, day of month, month, day of week.
        first: the number of Sunday: 0 for cron, 1 for AWS's own form.
    """
    parts = expression.split()
    if len(parts) < 5 or not parts[1].isdigit():
        return
    for day in _week_days(parts[4], first):
        yield day * 24 + int(parts[1])


def _week_days(text: str, first: int) -> list[int]:
    if text in ("*", "?"):
        return list(range(7))
    found: list[int] = []
    for part in text.split(","):
        ends = [_DAYS.index(end) if end in _DAYS else int(end) - first for end in part.upper().split("-")]
        found += range(ends[0], ends[-1] + 1)
    return [day % 7 for day in found]
