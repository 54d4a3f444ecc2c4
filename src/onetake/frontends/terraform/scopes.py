"""What expressions are evaluated in, and how an expression is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onetake.frontends.terraform.syntax.describe import describe
from onetake.frontends.terraform.syntax.nodes import Node
from onetake.frontends.terraform.values import Null
from onetake.model.records import field, record
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module


class Failure(Exception):
    """An expression that Terraform refuses, in its words; without a summary where only we cannot go on.

    Attributes:
        summary: the first line of what Terraform prints.
        at: the stretch of the file that is at fault; ``None`` for the whole expression.
        left: how many steps of a traversal were left, with the one at fault.
        sure: whether it cannot be an attribute that a provider adds to what the program writes.
        exact: whether these are Terraform's own words; otherwise only that it refuses is certain.
        missing: the path of a file that was not there; it may be written before Terraform runs.
        untold: the summary, where it is left out since others tell of the mistake; they do not in branches.
        type: the type that Terraform takes the refused expression to have, when it goes on to look for more mistakes.
    """

    missing = ""
    untold = ""
    sure = False
    type: object = "any"

    def __init__(self, detail: str, summary: str = "", node: Node | None = None, left: int = 0) -> None:
        super().__init__(detail)
        self.summary = summary
        self.at = (node.start, node.end) if node is not None else None
        self.left = left
        self.exact = True


@record(frozen=False)
class Scope:
    """What names mean where an expression stands."""

    module: Module
    names: Mapping[str, Value[object]] = field(default_factory=dict)
    """``each``, ``count``, ``self`` and the variables of ``for`` expressions."""
    element: Value[object] | None = None
    depth: int = 0
    label: str = ""
    """What tells this scope from others in which the same expression means something else."""

    def having(self, names: Mapping[str, Value[object]], place: object = "") -> Scope:
        """The scope inside, with more names; ``place`` tells it from its siblings."""
        label = f"{self.label}/{place}" if place != "" else self.label
        return Scope(self.module, {**self.names, **names}, self.element, self.depth + 1, label)

    def at(self, element: Value[object], place: object) -> Scope:
        """The scope of a splat's rest, at one of its elements."""
        return Scope(self.module, self.names, element, self.depth + 1, f"{self.label}/{place}")


def placed(value: Value[object], where: Span) -> Value[object]:
    """``value`` as if written at ``where``."""
    if type(value) is Known:
        return Known(value.value, where, value.origin)
    if type(value) is Unknown:
        return Unknown(value.why, where, value.parts, value.members, value.document, value.taken_from, value.type)
    return Null(where, value.type) if isinstance(value, Null) else Absent(where)


def wording(node: Node, scope: Scope) -> str:
    """The name of what an unknown expression holds: the same name is always the same value."""
    return f"{describe(node)} in {scope.label}" if scope.label else describe(node)


def gap(node: Node, why: str, where: Span, scope: Scope, kind: object = "any") -> Unknown:
    """A value about which only its expression, and perhaps its type, is known."""
    return Unknown(why, where, (Gap(wording(node, scope)),), type=kind)
