"""What is asked of many files of one run, and found out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from onetake.frontends.files import Options

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Answers by what they depend on, as long as the options are the same object: other options read other files."""

    def __init__(self) -> None:
        self._options: Options | None = None
        self._known: dict[K, V] = {}

    def get(self, key: K, options: Options, find: Callable[[], V]) -> V:
        """What ``find`` answered for ``key``."""
        if self._options is not options:
            self._options, self._known = options, {}
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]
