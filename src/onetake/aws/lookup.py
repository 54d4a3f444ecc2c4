"""Finding views in a stack: all of a kind, the one a value points to, the companions of one.

Terraform gives a bucket's versioning a resource of its own where CloudFormation has a property; a role's
policies are attached from either side. These functions answer with what is known and whether that is all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from onetake.aws.view import Items, View
from onetake.model.language import Truth
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.text import same
from onetake.model.values import Absent, Gap, Known, Reference, Unknown, Value, origin, parts

V = TypeVar("V", bound=View)
_GIVEN = re.compile(r"(?:module\..*)?var\.[\w-]+|parameter \w+|Fn::ImportValue .*", re.DOTALL)
"""How the frontends spell what is given to a program."""
T = TypeVar("T")


def views(stack: Stack, kind: type[V]) -> tuple[V, ...]:
    """Every resource of ``kind`` in ``stack``, in the order of the program."""
    found = stack.memo.get(kind)
    if found is None:
        by_type = stack.by_type
        found = tuple(view(resource, stack, kind) for name in kind.types() for resource in by_type.get(name, ()))
        stack.memo[kind] = found
    return cast("tuple[V, ...]", found)


def view(resource: Resource, stack: Stack, kind: type[V]) -> V:
    """``resource`` as ``kind``: always the same view for the same resource."""
    key = (kind, resource.address)
    found = stack.memo.get(key)
    if found is None:
        found = stack.memo[key] = kind(resource, stack)
    return cast("V", found)


def target(value: Value[object], stack: Stack, kind: type[V]) -> V | None:
    """The resource of ``kind`` that ``value`` surely means: by reference, or by the name both spell out."""
    pointed = stack.at(origin(value))
    if pointed is not None and pointed.type in kind.types():
        return view(pointed, stack, kind)
    if isinstance(value, Absent) or not kind.IDENTITY:
        return None
    named = [other for other in views(stack, kind) if identifies(other, value) is Truth.YES]
    return named[0] if len(named) == 1 else None


def targets(value: Value[tuple[Value[str], ...]], stack: Stack, kind: type[V]) -> Items[V]:
    """The resources of ``kind`` that a list of ids names; incomplete when some id cannot be told."""
    match value:
        case Known(items, where):
            found = [target(item, stack, kind) for item in items]
            return Items(tuple(one for one in found if one), all(one is not None for one in found), where)
        case Unknown(_, where, _, members):
            some = [target(member, stack, kind) for member in members]
            return Items(tuple(one for one in some if one), False, where)
        case Absent(where):
            return Items((), True, where)


def identifies(other: View, value: Value[object]) -> Truth:
    """Does ``value`` mean ``other``? By reference, or by one of the names others know it by."""
    if isinstance(value, Absent):
        return Truth.NO
    source = origin(value)
    if source is not None:
        pointed = _pointed(other, source)
        if pointed is not None:
            return pointed
    # Text of which no letter is known may be anything: a name, or the id that AWS gives.
    spelled = any(isinstance(piece, str) for piece in parts(value))
    answer = Truth.UNKNOWN if isinstance(value, Unknown) and not spelled and not given(value) else Truth.NO
    for name in other.IDENTITY:
        own = cast("Value[object]", getattr(other, name))
        if isinstance(own, Absent) and isinstance(value, Known):
            continue
        answer = answer | same(own, value)
    return answer


def given(value: Value[object]) -> bool:
    """Whether ``value`` comes from outside the program (a variable, a parameter, an import).

    It may be a name that the program uses too, but no id of something that the program makes.
    """
    match parts(value):
        case (Gap(expression),):
            return isinstance(value, Unknown) and _GIVEN.fullmatch(expression) is not None
        case _:
            return False


def _pointed(other: View, source: Reference) -> Truth | None:
    """What a reference tells of whether ``other`` is meant; nothing where another resource may mention ``other``."""
    stack = other.stack
    resource = stack.at(source)
    if resource is other.resource:
        return Truth.YES
    if resource is None and source.target == other.resource.declaration:
        return Truth.UNKNOWN
    named = (resource,) if resource is not None else stack.by_declaration.get(source.target, ())
    if not named:
        return None
    first = named[0]
    if first.type in other.types() or source.attribute in ("arn", "Arn", "Ref"):
        return Truth.NO
    if first.mode is Mode.DATA and other.resource.declaration not in stack.graph.ancestors(first.declaration):
        return Truth.NO  # it is looked up before ``other`` is made
    return None


def companions(owner: View, kind: type[V], attribute: str) -> Items[V]:
    """The resources of ``kind`` whose ``attribute`` means ``owner``: a bucket's policies, a role's attachments.

    Incomplete when one of them cannot be told apart, may not be created, or part of the program was not read.
    """
    found: list[V] = []
    complete = owner.stack.whole
    for candidate in views(owner.stack, kind):
        match identifies(owner, cast("Value[object]", getattr(candidate, attribute))):
            case Truth.YES if candidate.exists is not Truth.NO:
                found.append(candidate)
                complete = complete and candidate.exists is Truth.YES
            case Truth.UNKNOWN:
                complete = False
            case _:
                pass
    return Items(tuple(found), complete, owner.where)


def settled(own: Value[T], owner: View, kind: type[V], attribute: str, read: Callable[[V], Value[T]]) -> Value[T]:
    """One answer where a setting is either written in ``owner`` or in a resource of ``kind`` beside it.

    ``attribute`` is where that resource names its owner, ``read`` takes the setting out of it. Absent when it is
    surely written in neither; unknown when it cannot be told which of them holds.
    """
    if owner.language not in kind.KINDS:
        return own
    beside = companions(owner, kind, attribute)
    if not beside.known and (beside.complete or not isinstance(own, Absent)):
        return own
    if beside.only is not None and isinstance(own, Absent):
        return read(beside.only)
    return Unknown("more than one place may set it", owner.where)


def certain(items: Iterable[V]) -> tuple[V, ...]:
    """Those that are surely created."""
    return tuple(item for item in items if item.exists is Truth.YES)
