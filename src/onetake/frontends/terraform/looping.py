"""``for`` expressions and splats."""

from __future__ import annotations

from collections.abc import Mapping

from onetake.frontends.terraform.evaluation import Failure, Scope, evaluate, gap, join, wording
from onetake.frontends.terraform.functions.unifying import Type, converts, elements
from onetake.frontends.terraform.static_types import never_null
from onetake.frontends.terraform.syntax.nodes import For, Node, Splat
from onetake.frontends.terraform.unification import described, type_of
from onetake.frontends.terraform.values import ListItems, Null, SetItems, alike, as_text, holding
from onetake.model.values import Absent, Gap, Known, Part, Reference, Span, Unknown, Value

ITEMS = 100_000
Pairs = list[tuple[Value[object], Value[object]]]
Results = list[tuple[Value[object] | None, Value[object]]]


def splat(node: Splat, scope: Scope, where: Span) -> Value[object]:
    """``subject[*].rest``.

    Raises:
        Failure: Terraform refuses ``rest`` of an element.
    """
    try:
        subject = evaluate(node.subject, scope, where)
    except Failure as failure:
        failure.type = "any"
        raise
    try:
        return _each(node, subject, scope, where)
    except Failure as failure:
        failure.type = _shape(subject, node)
        raise


def _shape(subject: Value[object], node: Splat) -> Type:
    """The type of a splat of which an element is refused."""
    match subject:
        case Known(ListItems() | SetItems()):
            return ("list", "any")
        case Known(tuple() as items):
            return ("tuple", ("any",) * len(items))
        case Known():
            return ("tuple", ("any",))
        case Unknown(type="string" | "number" | "bool") if never_null(node.subject):
            return ("tuple", ("any",))
        case _:
            return "any"


def _each(node: Splat, subject: Value[object], scope: Scope, where: Span) -> Value[object]:
    match subject:
        case Known(tuple() as items):
            if not items and isinstance(items, (ListItems, SetItems)):
                element = _type_of_each(node, ("list", items.element), scope, where)
                return Known(holding(ListItems(), elements(element)[0]), where)
            each = tuple(evaluate(node.each, scope.at(item, place), where / place) for place, item in enumerate(items))
            return Known(alike(items, each), where)
        case Known():
            return Known((evaluate(node.each, scope.at(subject, 0), where / 0),), where)
        case Null() if isinstance(subject.type, tuple) and subject.type[0] in ("list", "set"):
            detail = "Splat expressions (with the * symbol) cannot be applied to null sequences."
            raise Failure(detail, "Splat of null value")
        case Absent():
            return Known((), where)
        case Unknown(_, _, (Reference(target, ""),)) if scope.module.program.is_sole(target):
            return Known((evaluate(node.each, scope.at(subject, 0), where / 0),), where)
        case Unknown(type="string" | "number" | "bool") if never_null(node.subject):
            return Known((evaluate(node.each, scope.at(subject, 0), where / 0),), where)
        case Unknown(why, _, _, members):
            some = tuple(evaluate(node.each, scope.at(member, place), where) for place, member in enumerate(members))
            kind = _type_of_each(node, subject.type, scope, where) if subject.type != "any" else "any"
            return Unknown(why, where, (Gap(wording(node, scope)),), some, type=kind)


def _type_of_each(node: Splat, subject: Type, scope: Scope, where: Span) -> Type:
    """The type of a splat of a value of which only the type is known.

    Raises:
        Failure: Terraform refuses its rest for values of that type.
    """

    def one(element: Type) -> Type:
        anything = gap(node, "only its type is known", where, scope, element)
        return type_of(evaluate(node.each, scope.at(anything, "*"), where))

    match subject:
        case ("list" | "set", element):
            return ("list", one(element))
        case ("tuple", tuple() as elements):
            return ("tuple", tuple(map(one, elements)))
        case _:
            # It is a list of one, or of none where the value turns out to be null.
            one(subject)
            return "any"


def loop(node: For, scope: Scope, where: Span) -> Value[object]:
    """``[for ...]``, ``{for ...}`` or ``%{ for }``.

    Raises:
        Failure: Terraform refuses it.
    """
    collection = evaluate(node.collection, scope, where)
    match collection:
        case Known(SetItems() as items):
            pairs: Pairs = [(item, item) for item in items]
        case Known(tuple() as items):
            pairs = [(Known(place, where), item) for place, item in enumerate(items)]
        case Known(Mapping() as fields):
            pairs = [(Known(name, where), fields[name]) for name in sorted(fields)]
        case Unknown(why) if collection.type not in ("string", "number", "bool"):
            if node.condition is not None and collection.type != "any":
                _check_condition(node, scope, where)
            return Unknown(why, where, (Gap(wording(node, scope)),), type="string" if node.text else "any")
        case Absent():
            detail = "A null value cannot be used as the collection in a 'for' expression."
            raise Failure(detail, "Iteration over null value", node.collection)
        case _:
            kind = described(type_of(collection))
            detail = f"A value of type {kind} cannot be used as the collection in a 'for' expression."
            raise Failure(detail, "Iteration over non-iterable value", node.collection)
    if len(pairs) > ITEMS:
        raise Failure(f"more than {ITEMS} elements")
    results, unsure = _iterate(node, pairs, scope, where)
    if node.text:
        return gap(node, unsure, where, scope) if unsure else _joined([value for _, value in results], where)
    if node.key_result is None:
        values = tuple(value for _, value in results)
        return Unknown(unsure, where, members=values) if unsure else Known(values, where)
    return _mapped(node, results, unsure, scope, where)


def _iterate(node: For, pairs: Pairs, scope: Scope, where: Span) -> tuple[Results, str]:
    """What each element gives; and why it is not known which elements count, if so."""
    results: Results = []
    unsure = ""
    scope.module.program.spend(len(pairs))
    if node.condition is not None and not pairs:
        _check_condition(node, scope, where)
    for place, (key, item) in enumerate(pairs):
        inner = scope.having({node.item: item, **({node.key: key} if node.key else {})}, place)
        if node.condition is not None:
            counts = _counts(evaluate(node.condition, inner, where), node.condition)
            if isinstance(counts, str):
                unsure = counts
            if counts is not True:
                continue
        name = evaluate(node.key_result, inner, where) if node.key_result is not None else None
        results.append((name, evaluate(node.result, inner, where / len(results))))
    return results, unsure


def _check_condition(node: For, scope: Scope, where: Span) -> None:
    """Refuse a condition as Terraform does even if there is nothing that it could hold for."""
    if node.condition is not None:
        anything = gap(node, "there is none", where, scope)
        names = {node.item: anything, node.key or node.item: anything}
        _counts(evaluate(node.condition, scope.having(names), where), node.condition)


def _counts(condition: Value[object], node: Node) -> bool | str:
    """Whether an element passes the ``if`` clause, or why that is not known."""
    match condition:
        case Known("true" | "false" | True | False as flag):
            return flag in (True, "true")
        case Unknown(why) if converts(type_of(condition), "bool"):
            return why
        case Unknown():
            raise Failure("The 'if' clause value is invalid: bool required.", "Invalid 'for' condition", node)
        case Absent():
            raise Failure("The value of the 'if' clause must not be null.", "Condition is null", node)
        case Known(other):
            reason = "a bool is required" if isinstance(other, str) else "bool required"
            raise Failure(f"The 'if' clause value is invalid: {reason}.", "Invalid 'for' condition", node)


def _mapped(node: For, results: Results, unsure: str, scope: Scope, where: Span) -> Value[object]:
    fields: dict[str, Value[object]] = {}
    groups: dict[str, list[Value[object]]] = {}
    for name, value in results:
        match name:
            case Known(Mapping() | tuple()):
                detail = "The key expression produced an invalid result: string required."
                raise Failure(detail, "Invalid object key", node.key_result)
            case Known(scalar):
                text = as_text(scalar)
            case Absent():
                detail = "Key expression in 'for' expression must not produce a null value."
                raise Failure(detail, "Invalid object key", node.key_result)
            case _:
                return Unknown("a key is not known", where, (Gap(wording(node, scope)),))
        if text in fields and not node.group:
            detail = (
                f"Two different items produced the key \"{text}\" in this 'for' expression. If duplicates are "
                "expected, use the ellipsis (...) after the value expression to enable grouping by key."
            )
            raise Failure(detail, "Duplicate object key", node.key_result)
        groups.setdefault(text, []).append(value)
        fields[text] = value
    if unsure:
        return Unknown(unsure, where, (Gap(wording(node, scope)),))
    if node.group:
        return Known({name: Known(tuple(values), where) for name, values in groups.items()}, where)
    return Known(fields, where)


def _joined(values: list[Value[object]], where: Span) -> Value[object]:
    pieces: list[Part] = []
    why = ""
    for value in values:
        match value:
            case Known(scalar):
                join(pieces, (as_text(scalar),))
            case Unknown(reason, _, parts):
                why = reason
                join(pieces, parts or (Gap(reason),))
            case Absent():
                raise Failure("The expression result is null. Cannot include a null value in a string template.")
    return Unknown(why, where, tuple(pieces)) if why else Known("".join(map(str, pieces)), where)
