"""What names stand for inside a function, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.source.golang.types import UNKNOWN, GoType
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node


@record(frozen=False)
class Variable:
    """A name that is declared in a function."""

    type: GoType
    node: Node
    must_be_used: bool
    used: bool = False
    is_type: bool = False


class Scopes:
    """The blocks around the place that is looked at, outermost first."""

    def __init__(self) -> None:
        self._blocks: list[dict[str, Variable]] = []
        self.unused: list[Variable] = []
        """Variables of blocks that were left which nothing read."""

    def enter(self) -> None:
        """Begin a block."""
        self._blocks.append({})

    def leave(self) -> None:
        """End the innermost block."""
        self.unused += [one for one in self._blocks.pop().values() if one.must_be_used and not one.used]

    def declare(self, name: str, type_: GoType, node: Node, *, must_be_used: bool = False) -> None:
        """Declare a name in the innermost block; ``_`` is none."""
        if name != "_" and self._blocks:
            self._blocks[-1][name] = Variable(type_, node, must_be_used)

    def declare_type(self, name: str, node: Node) -> None:
        """Declare a type of which nothing more is known."""
        if self._blocks:
            self._blocks[-1][name] = Variable(UNKNOWN, node, must_be_used=False, is_type=True)

    def here(self, name: str) -> Variable | None:
        """What the innermost block itself declares."""
        return self._blocks[-1].get(name) if self._blocks else None

    def find(self, name: str) -> Variable | None:
        """What a name stands for; ``None`` where no block declares it."""
        return next((block[name] for block in reversed(self._blocks) if name in block), None)

    @property
    def types(self) -> frozenset[str]:
        """Names that blocks declare: none of them is a type of the package."""
        return frozenset(name for block in self._blocks for name, one in block.items() if one.is_type)
