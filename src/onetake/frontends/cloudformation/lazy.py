"""Objects of a template whose members are evaluated when they are asked for, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onetake.frontends.cloudformation.intrinsics import call
from onetake.model.values import Absent, Span, Value

Evaluate = Callable[[object, Span], Value[object]]


class LazyObject(Mapping[str, Value[object]]):
    """An object as written; members that turn out to be ``AWS::NoValue`` are not in it."""

    __slots__ = ("_data", "_evaluate", "_found", "_where")

    def __init__(self, data: dict[str, Any], where: Span, evaluate: Evaluate) -> None:
        self._data = data
        self._where = where
        self._evaluate = evaluate
        self._found: dict[str, Value[object]] = {}

    def __getitem__(self, name: str) -> Value[object]:
        value = self._found.get(name)
        if value is None:
            value = self._found[name] = self._evaluate(self._data[name], self._where / name)
        if isinstance(value, Absent):
            raise KeyError(name)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The value of ``name``, or ``default`` when there is none."""
        if name not in self._data:
            return default
        try:
            return self[name]
        except KeyError:
            return default

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._data if name in self)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str) or name not in self._data:
            return False
        written = self._data[name]
        # Only these can come out as nothing: the rest need not be evaluated to be counted.
        return not (written is None or call(written)) or self.get(name) is not None

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"LazyObject({dict(self)!r})"
