"""``condition ? yes : no``: both branches are of one type, whichever is taken."""

from __future__ import annotations

import os

from onetake.frontends.terraform.evaluation import Failure, Scope, evaluate, supposed, wording
from onetake.frontends.terraform.functions.unifying import Type, unify
from onetake.frontends.terraform.syntax.nodes import Conditional, Literal
from onetake.frontends.terraform.unification import converted, described, type_of, undecided
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

_SUMMARY = "Inconsistent conditional result types"


def conditional(node: Conditional, scope: Scope, where: Span) -> Value[object]:
    """The branch that is taken, as the type that both have in common.

    Raises:
        Failure: Terraform refuses the condition, the branch that is taken, or both together.
    """
    try:
        return _conditional(node, scope, where)
    except Failure as failure:
        if failure.summary == _SUMMARY and failure.at is None:
            failure.at = node.yes.start, node.no.end
        raise


def _conditional(node: Conditional, scope: Scope, where: Span) -> Value[object]:
    try:
        condition = evaluate(node.condition, scope, where)
    except Failure as failure:
        raise _refused(failure, node, scope, where) from None
    match condition:
        case Known("true" | "1" | True as flag) | Known("false" | "0" | False as flag) if not _is_number(flag):
            chosen, other = (node.yes, node.no) if flag in (True, "true", "1") else (node.no, node.yes)
            try:
                value = evaluate(chosen, scope, where)
            except Failure as failure:
                failure.summary = failure.summary or failure.untold
                raise _refused(failure, node, scope, where) from None
            if isinstance(value, Unknown):
                if type_of(value) == "any":
                    return value
            elif isinstance(other, Literal) and _agree(value, other.value):
                return value
            beside = supposed(other, scope, where)
            return _unified(value, *((value, beside) if chosen is node.yes else (beside, value)))
        case Unknown(why):
            return _undecided(node, why, scope, where)
        case Absent():
            detail = "The condition value is null. Conditions must either be true or false."
            raise _refused(Failure(detail, "Null condition", node.condition), node, scope, where)
        case _:
            detail = "The condition expression must be of type bool."
            raise _refused(Failure(detail, "Incorrect condition type", node.condition), node, scope, where)


def _undecided(node: Conditional, why: str, scope: Scope, where: Span) -> Value[object]:
    """What both branches have in common, where the condition is not known."""
    yes, no = supposed(node.yes, scope, where), supposed(node.no, scope, where)
    kind, beside_it, wanted = _types(yes, no)
    try:
        if kind != beside_it:
            yes, no = converted(yes, wanted), converted(no, wanted)
    except Failure:
        return Unknown(why, where, (Gap(wording(node, scope)),), type=wanted)
    if yes == no:
        return yes
    head = _shared_head(yes, no)
    gap = Gap(wording(node, scope))
    return Unknown(why, where, (head, gap) if head else (gap,), type=wanted)


def _refused(failure: Failure, node: Conditional, scope: Scope, where: Span) -> Failure:
    """The failure of the condition or of the branch that is taken, once it is sure that both branches go together.

    Raises:
        Failure: they do not, of which Terraform tells first, and alone.
    """
    failure.type = _types(supposed(node.yes, scope, where), supposed(node.no, scope, where))[2]
    return failure


def _is_number(flag: object) -> bool:
    return not isinstance(flag, (bool, str))


def _agree(value: Known[object] | Absent, literal: object) -> bool:
    """Does a literal leave a value as it is?"""
    return literal is None or (isinstance(value, Known) and type(value.value) is type(literal))


def _unified(value: Value[object], yes: Value[object], no: Value[object]) -> Value[object]:
    try:
        one, other, wanted = _types(yes, no)
        # Nothing is done about the commonest case, in which both are of one type.
        return value if one == other else converted(value, wanted)
    except Failure as failure:
        raise failure if failure.summary == _SUMMARY else _unsuitable(failure, taken=value is yes) from None


def _types(yes: Value[object], no: Value[object]) -> tuple[Type, Type, Type]:
    """The types of both branches, and the one that they have in common."""
    one, other = type_of(yes), type_of(no)
    wanted = one if one == other else _in_common(yes, no, one, other)
    if wanted is None:
        detail = f"The true and false result expressions must have consistent types. {mismatch(one, other)}"
        raise Failure(detail, _SUMMARY)
    return one, other, wanted


def _in_common(yes: Value[object], no: Value[object], one: Type, other: Type) -> Type | None:
    """The type that both branches convert to; beside a value whose type is not known, that is not known either."""
    if any(kind == "any" and not isinstance(value, Absent) for value, kind in ((yes, one), (no, other))):
        return "any"
    found = unify((one, other))
    return "any" if found is None and (undecided(yes) or undecided(no)) and not _apart(one, other) else found


def _apart(one: Type, other: Type) -> bool:
    """Are values of two types of different shapes, whatever is in them?"""
    structures = [kind[0] if isinstance(kind, tuple) else "" for kind in (one, other)]
    return "" in structures or ({*structures} & {"map", "object"} != set()) is not ({*structures} <= {"map", "object"})


def _unsuitable(failure: Failure, *, taken: bool) -> Failure:
    which = "true" if taken else "false"
    detail = f"The {which} result value has the wrong type: {failure}."
    return Failure(f"The true and false result expressions must have consistent types. {detail}", _SUMMARY)


def mismatch(yes: Type, no: Type) -> str:
    """How two types differ, in Terraform's words."""
    match yes, no:
        case ("object", dict() as one), ("object", dict() as other):
            for name in sorted(one):
                if name not in other:
                    return (
                        f"The 'true' value includes object attribute \"{name}\", which is absent in the 'false' value."
                    )
            for name in sorted(other):
                if name not in one:
                    return (
                        f"The 'false' value includes object attribute \"{name}\", which is absent in the 'true' value."
                    )
            name = next(name for name in sorted(one) if unify((one[name], other[name])) is None)
            return f'Type mismatch for object attribute "{name}": {mismatch(one[name], other[name])}'
        case ("tuple", tuple() as items), ("tuple", tuple() as others):
            if len(items) != len(others):
                return f"The 'true' tuple has length {len(items)}, but the 'false' tuple has length {len(others)}."
            place = next(place for place, pair in enumerate(zip(items, others, strict=True)) if unify(pair) is None)
            return f"Type mismatch for tuple element {place}: {mismatch(items[place], others[place])}"
        case ("list" | "set" | "map" as shape, one), (other_shape, other) if shape == other_shape:
            return f"Mismatched {shape} element types: {mismatch(one, other)}"
        case _:
            return f"The 'true' value is {described(yes)}, but the 'false' value is {described(no)}."


def _shared_head(yes: Value[object], no: Value[object]) -> str:
    """The text that both branches begin with."""
    match yes, no:
        case Known(str() as one), Known(str() as other):
            return os.path.commonprefix([one, other])  # noqa: RUF071 - characters are what is compared
        case _:
            return ""


__all__ = ["conditional", "mismatch"]
