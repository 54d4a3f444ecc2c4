"""The garbage collector is asked to wait while programs are judged.

What is made while a program is read lives until its report is done. Looking for garbage in it every seven hundred
objects, as Python does, is a quarter of the time and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (100_000, 50, 100)


def begin() -> None:
    """Wait from now on: for processes that end with their report."""
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def patient() -> Iterator[None]:
    """Wait meanwhile; a collector that already waits longer, or was turned off, is left alone."""
    before = gc.get_threshold()
    if not 0 < before[0] < THRESHOLDS[0]:
        yield
        return
    begin()
    try:
        yield
    finally:
        gc.set_threshold(*before)
