"""References to attributes that a resource type does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from onetake.frontends.terraform.schemas.problems import ATTRIBUTE_UNKNOWN, Problem
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import (
    Attribute,
    Call,
    Conditional,
    For,
    Index,
    Literal,
    Node,
    Variable,
    children,
)
from onetake.knowledge.terraform.schema import BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.types import Type
from onetake.model.findings import Stage
from onetake.model.records import record
from onetake.model.values import Span

KEY = "*"
"""A step through an index, whichever element it takes."""
_STEP = re.compile(r"\[(?:\d+|\"[^\"]*\"|\*)\]|\.?([A-Za-z_][\w-]*)|\.(\d+)")
_SCALARS = frozenset({"string", "number", "bool"})
_GUARDS = frozenset({"try", "can"})


@record
class Refusal:
    """Why steps lead nowhere."""

    summary: str
    detail: str
    place: int
    """Which of the steps it is."""


@lru_cache(4096)
def steps_in(path: str) -> tuple[str, ...] | None:
    """``identity[0].oidc`` as steps; ``None`` for what is no plain path."""
    found: list[str] = []
    end = 0
    for match in _STEP.finditer(path):
        if match.start() != end:
            return None
        end = match.end()
        found.append(match[1] or KEY)
    return tuple(found) if end == len(path) else None


def type_at(schema: BlockSchema, steps: Sequence[str]) -> Type | None:
    """The type of what ``steps`` lead to; ``None`` when it cannot be said."""
    place: BlockSchema | NestedBlock | Type = schema
    for step in steps:
        found = _inside(place, step)
        if found is None or isinstance(found, Refusal):
            return None
        place = found
    if isinstance(place, Type):
        return place
    if isinstance(place, BlockSchema) or place.nesting in (Nesting.SINGLE, Nesting.GROUP):
        return Type("object")
    return Type(place.nesting.value, Type("object"))


def refusal(schema: BlockSchema, steps: Sequence[str]) -> Refusal | None:
    """Why Terraform refuses ``steps`` into a resource; ``None`` when it does not."""
    place: BlockSchema | NestedBlock | Type = schema
    for number, step in enumerate(steps):
        found = _inside(place, step)
        if isinstance(found, Refusal):
            return Refusal(found.summary, found.detail, number)
        if found is None:
            return None
        place = found
    return None


def _inside(place: BlockSchema | NestedBlock | Type, step: str) -> BlockSchema | NestedBlock | Type | Refusal | None:
    if isinstance(place, BlockSchema):
        return _in_body(place, step)
    if isinstance(place, NestedBlock):
        return _in_block(place, step)
    return _in_type(place, step)


def _in_body(body: BlockSchema, step: str) -> NestedBlock | Type | Refusal | None:
    if step == KEY:
        return None
    attribute = body.attributes.get(step)
    if attribute is not None:
        return attribute.type
    nested = body.blocks.get(step)
    if nested is not None:
        return nested
    known = body.names
    hint = meant(step, sorted(known))
    more = f' Did you mean "{hint}"?' if hint else ""
    detail = f'This object has no argument, nested block, or exported attribute named "{step}".{more}'
    return Refusal("Unsupported attribute", detail, 0)


def _in_block(block: NestedBlock, step: str) -> BlockSchema | Type | Refusal | NestedBlock | None:
    match block.nesting:
        case Nesting.SINGLE | Nesting.GROUP:
            return _in_body(block.body, step)
        case Nesting.LIST if step == KEY:
            return block.body
        case Nesting.LIST:
            detail = (
                f'Block type "{block.name}" is represented by a list of objects, so it must be indexed using a numeric '
                f"key, like .{block.name}[0]."
            )
            return Refusal("Invalid operation", detail, 0)
        case Nesting.SET:
            detail = (
                f'Block type "{block.name}" is represented by a set of objects, and set elements do not have '
                'addressable keys. To find elements matching specific criteria, use a "for" expression with an "if" '
                "clause."
            )
            return Refusal("Cannot index a set value", detail, 0)
        case _:
            return None


def _in_type(type_: Type, step: str) -> Type | Refusal | None:
    match type_.kind:
        case "object" if step != KEY:
            found = type_.fields.get(step)
            if found is None and type_.fields:
                return Refusal("Unsupported attribute", f'This object does not have an attribute named "{step}".', 0)
            return found
        case "map":
            return type_.element
        case "list" if step == KEY:
            return type_.element
        case "set" if step == KEY:
            detail = (
                "Elements of a set are identified only by their value and don't have any separate index or key to "
                "select with, so it's only possible to perform operations across all elements of the set."
            )
            return Refusal("Invalid index", detail, 0)
        case "list" | "set" if type_.element is not None and type_.element.kind == "object":
            return Refusal("Unsupported attribute", _of_objects(type_.kind, step), 0)
        case "list" | "set" if type_.element is not None and type_.element.kind in _SCALARS:
            return Refusal("Unsupported attribute", "This value does not have any attributes.", 0)
        case kind if kind in _SCALARS and step == KEY:
            return Refusal("Invalid index", "This value does not have any indices.", 0)
        case kind if kind in _SCALARS:
            return Refusal("Unsupported attribute", f"Can't access attributes on a primitive-typed value ({kind}).", 0)
        case _:
            return None


def _of_objects(kind: str, step: str) -> str:
    if kind == "set":
        return (
            "Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of "
            "the set?"
        )
    return (
        f'Can\'t access attributes on a list of objects. Did you mean to access attribute "{step}" for a specific '
        "element of the list, or across all elements of the list?"
    )


@record
class Traversal:
    """Names and keys as they stand in an expression."""

    root: str
    steps: tuple[str, ...]
    fixed: int
    """How many steps come before the first key that has to be worked out."""
    guarded: bool
    """Whether it stands in ``try``, ``can``, a condition or a loop, where it may never be worked out."""


def traversals(node: Node, *, guarded: bool = False) -> Iterator[Traversal]:
    """The traversals in an expression, the names that it binds itself among them."""
    if isinstance(node, (Variable, Attribute, Index)):
        steps: list[str] = []
        fixed: list[bool] = []
        base: Node = node
        while isinstance(base, (Attribute, Index)):
            if isinstance(base, Attribute):
                steps.append(base.name)
                fixed.append(True)
            else:
                steps.append(KEY)
                fixed.append(isinstance(base.key, Literal))
                yield from traversals(base.key, guarded=guarded)
            base = base.subject
        if isinstance(base, Variable):
            steps.reverse()
            fixed.reverse()
            settled = fixed.index(False) if False in fixed else len(fixed)
            yield Traversal(base.name, tuple(steps), settled, guarded)
        else:
            yield from traversals(base, guarded=guarded)
        return
    inner = guarded or isinstance(node, (Conditional, For)) or (isinstance(node, Call) and node.name in _GUARDS)
    for child in children(node):
        yield from traversals(child, guarded=inner)


def problem(address: str, steps: Sequence[str], found: Refusal, where: Span, *, later: bool) -> Problem:
    """What to say of a reference to ``steps`` of the resource that its module calls ``address``."""
    name = steps[found.place]
    taken = address
    for step in steps[: found.place + 1]:
        taken += "[...]" if step == KEY else f".{step}"
    detail = f'This object does not have an attribute named "{name}".' if later else found.detail
    hint = re.search(r'Did you mean "([^"]+)"', found.detail)
    if found.summary == "Unsupported attribute" and "named" in found.detail:
        said = f'refers to {taken}, but there is no attribute "{name}"'
        said += f'; did you mean "{hint[1]}"?' if hint else ""
        fix = f"Write {hint[1]}." if hint else "Refer to an attribute that the resource type has."
    else:
        said = f"refers to {taken}, which cannot be: {_short(found, steps)}"
        fix = _mended(found, steps)
    stage = Stage.PLAN if later else Stage.VALIDATE
    return Problem(ATTRIBUTE_UNKNOWN, where, found.summary, detail, said, fix, stage)


def _short(found: Refusal, steps: Sequence[str]) -> str:
    before = steps[found.place - 1] if found.place else ""
    if "list of objects" in found.detail:
        return f"{before} is a list"
    if "set" in found.detail:
        return f"{before} is a set, whose elements have no keys"
    return f"{before} has no attributes"


def _mended(found: Refusal, steps: Sequence[str]) -> str:
    before, name = (steps[found.place - 1] if found.place else ""), steps[found.place]
    if "list of objects" in found.detail:
        return f"Write {before}[0].{name}."
    if "set" in found.detail:
        return f"Write one({before}[*]...), or a for expression over {before}."
    return f"End the reference at {before}."
