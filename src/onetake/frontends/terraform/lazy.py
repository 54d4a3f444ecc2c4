"""Mappings whose values are worked out when they are asked for, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from onetake.model.values import Value


class Lazy(Mapping[str, Value[object]]):
    """A fixed set of names, and the value of each on demand."""

    __slots__ = ("_find", "_found", "_names")

    def __init__(self, names: Collection[str], find: Callable[[str], Value[object]]) -> None:
        self._names = names
        self._find = find
        self._found: dict[str, Value[object]] = {}

    def __getitem__(self, name: str) -> Value[object]:
        value = self._found.get(name)
        if value is None:
            if name not in self._names:
                raise KeyError(name)
            value = self._found[name] = self._find(name)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The value of ``name``, or ``default`` when there is none."""
        found = self._found.get(name)
        if found is not None:
            return found
        return self[name] if name in self._names else default

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
