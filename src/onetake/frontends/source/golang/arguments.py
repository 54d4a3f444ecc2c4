"""What functions are given, against what they take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onetake.frontends.source.golang import telling
from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.places import Place
from onetake.frontends.source.golang.types import STRING, Form, Function, GoType, pointer
from onetake.knowledge.api.editions import Edition
from onetake.knowledge.api.model import Struct

if TYPE_CHECKING:
    from tree_sitter import Node

    from onetake.frontends.source.golang.expressions import Expressions


class Arguments:
    """Judges calls of functions that are known."""

    def __init__(self, expressions: Expressions, libraries: GoLibraries) -> None:
        self._of = expressions
        self._libraries = libraries

    def judge(self, call: Node, given: Sequence[Node], wanted: Function) -> None:
        """The arguments of one call, in number and kind."""
        edition = self._libraries.jsii.editions.get(wanted.library)
        if wanted.title and self._miscounted(call, given, wanted, edition):
            return
        for at, one in enumerate(given):
            last = wanted.variadic and at >= len(wanted.parameters) - 1
            place = len(wanted.parameters) - 1 if last else at
            if one.type == "variadic_argument" or place >= len(wanted.parameters):
                self._of.value(one.named_children[0] if one.type == "variadic_argument" else one)
                continue
            type_ = wanted.parameters[place]
            union = wanted.unions[place] if place < len(wanted.unions) else None
            # Every construct of every release takes a text for its id.
            certain = at == 1 and type_ == pointer(STRING) and _constructs(wanted)
            self._of.check(one, type_, Place(f"argument to {wanted.title}", union, None if certain else edition))

    def _miscounted(self, call: Node, given: Sequence[Node], wanted: Function, edition: Edition | None) -> bool:
        """Whether kinds are not worth a look, since there are too few arguments, too many, or all in one call."""
        least = len(wanted.parameters) - wanted.variadic
        if any(one.type == "variadic_argument" for one in given):
            return False
        if len(given) == 1 and given[0].type == "call_expression" and least > 1:
            result = self._of.value(given[0])
            if result.form is not Form.TUPLE and result.known:
                self._of.faults.append(telling.count(call, given, wanted, edition))
            return True
        if len(given) >= least and (len(given) == least or wanted.variadic):
            return False
        absent = edition is not None and all(self._absent(one) for one in wanted.parameters[len(given) :])
        self._of.faults.append(telling.count(call, given, wanted, edition, absent=absent))
        for one in given:
            self._of.value(one)
        return True

    def _absent(self, wanted: GoType) -> bool:
        """Whether the library surely takes ``nil`` for a parameter: nothing of it is required."""
        struct = wanted.element.described if wanted.form is Form.POINTER else None
        if not isinstance(struct, Struct):
            return wanted.form is Form.POINTER
        fields, complete = self._libraries.fields(struct)
        return complete and all(one.field.optional for one in fields.values())


def _constructs(function: Function) -> bool:
    """Whether a function is a constructor of a library's class."""
    name = function.title.rpartition(".")[2]
    return name.startswith("New") and not name.endswith("_Override") and bool(function.library)
