"""Values that are evaluated when they are asked for, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onetake.model.values import Span, Value

if TYPE_CHECKING:
    from onetake.frontends.cloudformation.evaluation import Evaluator


class LazyValues(Mapping[str, Value[object]]):
    """The properties of a resource."""

    def __init__(self, written: Mapping[str, Any], evaluator: Evaluator, where: Span) -> None:
        self._written = written
        self._evaluator = evaluator
        self._where = where
        self._values: dict[str, Value[object]] = {}

    def __getitem__(self, name: str) -> Value[object]:
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = self._evaluator.value(self._written[name], self._where / name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)
