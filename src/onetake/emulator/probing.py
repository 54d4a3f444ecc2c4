"""Probes: what looks at the account while a program stands in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from onetake.emulator.results import ProbeOutcome, Step, StepOutcome

Probe = Callable[[], object]
"""Looks at what stands, and raises an exception when that is not what it should be."""


def probed(probes: Mapping[str, Probe]) -> tuple[list[ProbeOutcome], StepOutcome]:
    """How each probe went, by name, and the step that they make together."""
    begun = time.monotonic()
    outcomes: list[ProbeOutcome] = []
    for name, probe in probes.items():
        started = time.monotonic()
        try:
            probe()
        except Exception as error:  # whatever a probe says is told, and what was created is destroyed all the same
            message = str(error) or type(error).__name__
        else:
            message = ""
        outcomes.append(ProbeOutcome(name, time.monotonic() - started, message))
    failed = [one.name for one in outcomes if not one.ok]
    message = f"{', '.join(failed)} found something else" if failed else ""
    return outcomes, StepOutcome(Step.PROBES, time.monotonic() - begun, ok=not failed, message=message)
