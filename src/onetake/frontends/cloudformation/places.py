"""Places in a template that was rewritten before it was read: what a loop wrote is shown at the loop."""

from __future__ import annotations

from collections.abc import Mapping

from onetake.model.findings import Position
from onetake.model.records import record
from onetake.model.stacks import SourceFile
from onetake.model.values import Key

Path = tuple[Key, ...]


@record
class Rewritten:
    """A file of which some paths lead elsewhere than they say."""

    source: SourceFile
    moved: Mapping[Path, Path]
    """Where what stands at a path was really written."""

    @property
    def text(self) -> str:
        """The whole file."""
        return self.source.text

    def locate(self, path: Path) -> Position | None:
        """Where the value at ``path`` was written."""
        return self.source.locate(self.written(path))

    def written(self, path: Path) -> Path:
        """The path of what ``path`` was written as."""
        for length in range(len(path), 0, -1):
            before = self.moved.get(path[:length])
            if before is not None:
                return (*before, *path[length:])
        return path
