"""Conditions, in three values: what rests on a parameter without a value is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from onetake.frontends.cloudformation.template import Template
from onetake.model.language import Truth
from onetake.model.text import same
from onetake.model.values import Known

if TYPE_CHECKING:
    from onetake.frontends.cloudformation.evaluation import Evaluator


class Conditions:
    """The conditions of one template."""

    def __init__(self, template: Template, evaluator: Evaluator) -> None:
        self._written = template.section("Conditions")
        self._template = template
        self._evaluator = evaluator
        self._known: dict[str, Truth] = {}

    def named(self, name: str) -> Truth:
        """Does the condition called ``name`` hold?"""
        found = self._known.get(name)
        if found is None:
            self._known[name] = Truth.UNKNOWN  # the answer while it is being looked for, should it name itself
            found = self._known[name] = self.holds(self._written.get(name))
        return found

    def holds(self, written: Any) -> Truth:
        """Does a condition hold, as it is written?"""
        if not isinstance(written, Mapping) or len(written) != 1:
            return Truth.UNKNOWN
        ((name, argument),) = written.items()
        if name == "Condition":
            return self.named(str(argument))
        if not isinstance(argument, list):
            return Truth.UNKNOWN
        match name:
            case "Fn::Equals" if len(argument) == 2:
                where = self._template.span("Conditions")
                one, other = (self._evaluator.value(item, where) for item in argument)
                if isinstance(one, Known) and isinstance(other, Known):
                    return Truth.of(_text(one.value) == _text(other.value))
                return same(one, other)
            case "Fn::And":
                return reduce(Truth.__and__, map(self.holds, argument), Truth.YES)
            case "Fn::Or":
                return reduce(Truth.__or__, map(self.holds, argument), Truth.NO)
            case "Fn::Not" if len(argument) == 1:
                return ~self.holds(argument[0])
            case _:
                return Truth.UNKNOWN


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
