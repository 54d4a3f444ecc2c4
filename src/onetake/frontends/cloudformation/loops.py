"""``Fn::ForEach`` of the language extensions, written out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from onetake.model.values import Key

LOOP = "Fn::ForEach::"
Path = tuple[Key, ...]
Items = Callable[[Any], list[str] | None]


class TooMany(Exception):
    """The loops of a template write more than any template may hold."""


class Unroller:
    """Writes out the loops of one template."""

    def __init__(self, items: Items, most: int) -> None:
        self._items = items
        self._left = most
        self.moved: dict[Path, Path] = {}
        """Where the members that a loop wrote stand in the file."""
        self.unknown: list[Path] = []
        """Loops over what is not known before the deployment."""

    def unrolled(self, data: Any, path: Path = (), written: Path = ()) -> Any:
        """``data``, which will be found at ``path`` and stands at ``written``, without loops.

        Raises:
            TooMany: it would hold more values than the limit.
        """
        self._left -= 1
        if self._left < 0:
            raise TooMany
        if isinstance(data, list):
            return [self.unrolled(item, (*path, place), (*written, place)) for place, item in enumerate(data)]
        if not isinstance(data, dict):
            return data
        found: dict[str, Any] = {}
        for key, inner in data.items():
            if key.startswith(LOOP):
                self._loop(inner, path, (*written, key), found)
            else:
                if path != written:
                    self.moved[*path, key] = (*written, key)
                found[key] = self.unrolled(inner, (*path, key), (*written, key))
        return found

    def _loop(self, data: Any, path: Path, written: Path, found: dict[str, Any]) -> None:
        well_formed = isinstance(data, list) and len(data) == 3 and isinstance(data[0], str)
        items = self._items(data[1]) if well_formed and isinstance(data[2], dict) else None
        if items is None:
            self.unknown.append(written)
            return
        name, _, body = data
        for item in items:
            for key, inner in body.items():
                filled = self._filled({key: inner}, name, item)
                ((new, content),) = filled.items()
                place = (*written, 2, key)
                if new.startswith(LOOP):
                    self._loop(content, path, place, found)
                else:
                    self.moved[*path, new] = place
                    found[new] = self.unrolled(content, (*path, new), place)

    def _filled(self, data: Any, name: str, item: str) -> Any:
        """``data`` with the loop's variable replaced, in keys too; ``&{Name}`` leaves letters and digits only."""
        self._left -= 1
        if self._left < 0:
            raise TooMany
        if isinstance(data, str):
            bare = re.sub(r"[^A-Za-z0-9]", "", item)
            return data.replace(f"${{{name}}}", item).replace(f"&{{{name}}}", bare)
        if isinstance(data, list):
            return [self._filled(one, name, item) for one in data]
        if isinstance(data, dict):
            if data == {"Ref": name}:
                return item
            return {self._filled(key, name, item): self._filled(one, name, item) for key, one in data.items()}
        return data
