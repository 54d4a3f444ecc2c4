"""How marks go through expressions: operators, functions, conditionals, loops; what names mean is said elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from onetake.frontends.terraform.evaluation import Failure, evaluate
from onetake.frontends.terraform.refusals import defaulted, planned
from onetake.frontends.terraform.syntax.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Dynamic,
    Element,
    For,
    Index,
    Literal,
    Node,
    Object,
    Splat,
    Template,
    Tuple,
    Unary,
    Variable,
)
from onetake.model.records import record
from onetake.model.values import Known, Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.declarations import Declaration
    from onetake.frontends.terraform.modules import Module

SENSITIVE, EPHEMERAL = "sensitive", "ephemeral"
NONE, PLANNED, VALIDATED = 0, 1, 2
"""Who sees a mark: nobody, a plan, or ``validate`` already."""
ANY, EVERY = object(), object()
"""Steps to an element: whichever of them (one that is marked is enough), and one that nobody knows (all have to be)."""
_DEPTH = 60
_CLEANING = {
    SENSITIVE: frozenset({"nonsensitive", "issensitive", "can"}),
    EPHEMERAL: frozenset({"ephemeralasnull", "issensitive", "can"}),
}
_SHALLOW = frozenset({"length", "keys", "lookup", "element", "slice"})
"""Functions that do not look at the marks of elements, or take some of the elements out."""
_KEEPING = frozenset(
    {"chunklist", "coalescelist", "concat", "distinct", "flatten", "matchkeys", "merge", "nonsensitive", "reverse"}
    | {"setproduct", "sort", "tolist", "tomap", "transpose", "values", "zipmap"}
)
"""Functions whose results keep the marks of elements on elements."""
_LATE = frozenset({"chunklist", "concat", "element", "keys", "lookup", "merge", "setproduct", "zipmap"})
"""Functions that lose the mark of an argument that is not known, as variables of the root are until a plan."""
T = TypeVar("T")
Steps = tuple[object, ...]


@record
class Place:
    """Where an expression stands: what the names in it mean."""

    module: Module
    block: Declaration | None = None
    """The block whose ``each`` is meant."""
    key: object = ANY
    """Which of the instances of that block it is."""
    bound: Mapping[str, tuple[Node, Place, bool]] | None = None
    """The variables of loops, each with the collection that it goes through, and whether ``value`` leads there."""
    element: tuple[Node, Place] | None = None
    """The collection that the innermost splat goes through."""


class Expressions:
    """Looks for one mark in expressions; what a name leads to is for subclasses to say."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self._depth = 0

    def named(self, name: str, steps: Steps, here: Place, *, inside: bool) -> int:
        """Who sees that what ``steps`` after a name lead to is marked."""
        raise NotImplementedError

    def at(self, node: Node, steps: Steps, here: Place, inside: bool) -> int:
        """Who sees that what ``steps`` after ``node`` lead to is marked; with ``inside`` on parts of it, too."""
        if isinstance(node, Literal) or self._depth > _DEPTH:
            return NONE
        self._depth += 1
        try:
            return self._look(node, steps, here, inside)
        finally:
            self._depth -= 1

    def _look(self, node: Node, steps: Steps, here: Place, inside: bool) -> int:
        match node:
            case Attribute(subject, name):
                return self.at(subject, (name, *steps), here, inside)
            case Index(subject, Literal(key)):
                return self.at(subject, (key, *steps), here, inside)
            case Index(subject, key):
                chosen = min(PLANNED, self.at(key, (), here, inside=False))
                return max(chosen, self.at(subject, (EVERY, *steps), here, inside))
            case Variable(name):
                if here.bound and name in here.bound:
                    return self._bound(here.bound[name], steps, inside)
                return self.named(name, steps, here, inside=inside)
            case Element():
                return self.at(here.element[0], (ANY, *steps), here.element[1], inside) if here.element else NONE
            case Splat(subject, each):
                return self._splat(subject, each, steps, here, inside)
            case Object() | Tuple():
                return self._built(node, steps, here, inside)
            case _:
                return self._worked_out(node, steps, here, inside)

    def _worked_out(self, node: Node, steps: Steps, here: Place, inside: bool) -> int:
        match node:
            case Conditional(condition, yes, no):
                return self._conditional((condition, yes, no), steps, here, inside)
            case Call(name, arguments):
                return self._call(name, arguments, steps, here, inside)
            case For():
                return self._loop(node, steps, here, inside)
            case Template(parts):
                if len(parts) == 1:
                    return self.at(parts[0], steps, here, inside)
                return max((self.at(part, (), here, inside=False) for part in parts), default=NONE)
            case Binary(operator, left, right):
                found = max(self.at(one, (), here, operator in ("==", "!=")) for one in (left, right))
                return min(PLANNED, found) if operator in ("&&", "||") else found
            case Unary(_, operand):
                return min(PLANNED, self.at(operand, (), here, inside=False))
            case Dynamic():
                return self._dynamic(node, steps, here, inside)
            case _:
                return NONE

    def _dynamic(self, node: Dynamic, steps: Steps, here: Place, inside: bool) -> int:
        bound = {**(here.bound or {}), node.iterator: (node.collection, here, True)}
        place = Place(here.module, here.block, here.key, bound, here.element)
        filled = isinstance(node.collection, Tuple | Object) and bool(node.collection.items)
        found = self.at(node.content, steps, place, inside) if filled else NONE
        return max(found, self.at(node.collection, (), here, inside=False) if inside else NONE)

    def _bound(self, bound: tuple[Node, Place, bool], steps: Steps, inside: bool) -> int:
        collection, place, dynamic = bound
        if dynamic and steps[:1] != ("value",):
            return NONE
        return self.at(collection, (ANY, *(steps[1:] if dynamic else steps)), place, inside)

    def _splat(self, subject: Node, each: Node, steps: Steps, here: Place, inside: bool) -> int:
        whole = self.at(subject, (), here, inside=False)
        if whole:
            return whole
        if not steps:
            place = Place(here.module, here.block, here.key, here.bound, (subject, here))
            return self.at(each, (), place, inside) if inside else NONE
        return NONE

    def _built(self, node: Object | Tuple, steps: Steps, here: Place, inside: bool) -> int:
        items = node.items if isinstance(node, Object) else [(Literal(at), one) for at, one in enumerate(node.items)]
        keys = max((self.at(key, (), here, inside=False) for key, _ in items), default=NONE)
        if keys:
            return min(PLANNED, keys)
        if steps:
            found = [
                self.at(item, steps[1:], here, inside)
                for key, item in items
                if steps[0] in (ANY, EVERY) or getattr(key, "value", None) == steps[0]
            ]
            return (min if steps[0] is EVERY else max)(found, default=NONE)
        return max((self.at(item, (), here, inside) for _, item in items), default=NONE) if inside else NONE

    def _conditional(self, parts: Sequence[Node], steps: Steps, here: Place, inside: bool) -> int:
        """The marks of the condition and of both results stay; of what is inside the results, those of the chosen."""
        whole = max(self.at(part, (), here, inside=False) for part in parts)
        if whole or (not inside and not steps):
            return whole
        condition, *results = parts
        found = [self.at(one, steps, here, inside) for one in results]
        if here.bound or here.element or not any(found):
            return min(found)
        taken = sure(lambda: evaluate(condition, here.module.scope, Span("")))
        if isinstance(taken, Known) and isinstance(taken.value, bool) and not defaulted(here.module, condition):
            return found[not taken.value] if isinstance(condition, Literal) else min(PLANNED, found[not taken.value])
        return min(found)

    def _call(self, name: str, arguments: Sequence[Node], steps: Steps, here: Place, inside: bool) -> int:
        name = name.removeprefix("core::")
        if name == self.mark == SENSITIVE:
            return VALIDATED
        if name in _CLEANING[self.mark]:
            return NONE
        if name == "try":
            return self._tried(arguments, steps, here, inside)
        unknown = (one for one in arguments if not isinstance(one, Object | Tuple))
        late = name in _LATE and any(planned(here.module, one) for one in unknown)
        most = PLANNED if late else VALIDATED
        whole = max((self.at(one, (), here, inside=False) for one in arguments), default=NONE)
        if whole:
            return min(most, whole)
        if steps:
            return self._inside_call(name, arguments, steps, here, inside)
        if name == "merge":
            return min(most, self._merged(arguments, here)) if inside else NONE
        if name in _SHALLOW or (name in _KEEPING and not inside):
            return NONE
        return max((self.at(one, (), here, inside=True) for one in arguments), default=NONE)

    def _merged(self, arguments: Sequence[Node], here: Place) -> int:
        """Marks in the last of the merged objects, which nothing replaces, and in those before literal ones."""
        found, later = NONE, set[object]()
        for argument in reversed(arguments):
            if not isinstance(argument, Object):
                return max(found, NONE if later else self.at(argument, (), here, inside=True))
            kept = [(key, item) for key, item in argument.items if getattr(key, "value", None) not in later]
            found = max((found, *(self.at(item, (), here, inside=True) for _, item in kept)))
            later |= {getattr(key, "value", None) for key, _ in argument.items}
        return found

    def _inside_call(self, name: str, arguments: Sequence[Node], steps: Steps, here: Place, inside: bool) -> int:
        if name in ("tomap", "tolist", "nonsensitive", "toset") and len(arguments) == 1:
            return self.at(arguments[0], steps, here, inside)
        if name == "values" and len(arguments) == 1 and steps[0] in (ANY, EVERY):
            return self.at(arguments[0], steps, here, inside)
        if name == "merge":
            for argument in reversed(arguments):
                named = {getattr(key, "value", None) for key, _ in getattr(argument, "items", ())}
                if not isinstance(argument, Object) or steps[0] in named:
                    return self.at(argument, steps, here, inside)
        if name in _KEEPING or name in _SHALLOW:
            return NONE
        return max((self.at(one, (), here, inside=True) for one in arguments), default=NONE)

    def _tried(self, arguments: Sequence[Node], steps: Steps, here: Place, inside: bool) -> int:
        """``try`` gives its first argument where that cannot fail: a name alone."""
        match arguments[:1]:
            case [Attribute(Variable("var" | "local"))] as first:
                return min(PLANNED, self.at(first[0], steps, here, inside))
            case _:
                return NONE

    def _loop(self, node: For, steps: Steps, here: Place, inside: bool) -> int:
        whole = self.at(node.collection, (), here, inside=False)
        if whole:
            return whole
        bound = {**(here.bound or {}), node.item: (node.collection, here, False)}
        bound.pop(node.key, None)
        place = Place(here.module, here.block, here.key, bound, here.element)
        filled = self._filled(node.collection, here)
        if node.condition is not None:
            by_condition = self.at(node.condition, (), place, inside=False)
            return by_condition if filled or by_condition == NONE else NONE
        if not filled and not _goes_through(node.result, node.item):
            return NONE
        key = self.at(node.key_result, (), place, inside=False) if node.key_result is not None else NONE
        if key:
            return key
        if steps and steps[0] not in (ANY, EVERY):
            return NONE
        if not steps and not inside and not node.text:
            return NONE
        return self.at(node.result, steps[1:] if steps else (), place, inside and not node.text)

    def _filled(self, collection: Node, here: Place) -> bool:
        """Whether a loop surely has something to go through."""
        if isinstance(collection, Object | Tuple):
            return bool(collection.items)
        if here.bound or here.element:
            return False
        found = sure(lambda: evaluate(collection, here.module.scope, Span("")))
        return isinstance(found, Known) and bool(found.value) and not defaulted(here.module, collection)


def _goes_through(node: Node, name: str) -> bool:
    """Whether ``node`` takes something from a loop's variable, and is marked only where that is."""
    while isinstance(node, (Attribute, Index)):
        node = node.subject
    return isinstance(node, Variable) and node.name == name


def sure(ask: Callable[[], T]) -> T | None:
    """What ``ask`` finds; ``None`` where Terraform refuses it."""
    try:
        return ask()
    except Failure:
        return None
