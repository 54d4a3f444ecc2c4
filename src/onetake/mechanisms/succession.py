"""What a plan does to what is deployed: what goes, and what takes its place.

Unless they say otherwise, the views are those of the prior state (``stack.before``); their values are all known,
except secrets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from onetake.aws.lookup import view, views
from onetake.aws.view import View
from onetake.model.changes import Change, Step
from onetake.model.values import Absent, Known, Value

V = TypeVar("V", bound=View)
_UNTOUCHED = Change(Step.NOTHING)


def change(deployed: View) -> Change:
    """The step that the plan takes with a deployed resource."""
    return deployed.resource.change or _UNTOUCHED


def made(planned: View) -> bool:
    """Whether AWS is asked to create a resource of the program: always, unless a plan says that it is there already."""
    step = change(planned).step if planned.resource.change is not None else Step.CREATE
    return step in (Step.CREATE, Step.REPLACE)


def removed(deployed: View) -> bool:
    """Whether it is deleted on AWS, with or without a successor."""
    return change(deployed).removes


def fate(deployed: View) -> str:
    """What happens to it, as it ends a sentence about it."""
    return "is replaced" if change(deployed).step is Step.REPLACE else "is deleted"


def forced(deployed: View) -> str:
    """Which arguments force its replacement, in brackets behind a sentence; empty where none does."""
    names = dict.fromkeys(str(path[0]) for path in change(deployed).forced_by if path)
    return f" (a change of {', '.join(names)} forces it)" if names else ""


def successor(deployed: V) -> V | None:
    """What will stand at its address when the plan is carried out."""
    later = deployed.stack.after
    resource = later.resources.get(deployed.address) if later is not None else None
    return view(resource, later, type(deployed)) if resource is not None and later is not None else None


def created(deployed: V) -> Iterator[V]:
    """The resources of its kind that the plan creates at other addresses."""
    later = deployed.stack.after
    for other in views(later, type(deployed)) if later is not None else ():
        if other.resource.change is not None and other.resource.change.step is Step.CREATE:
            yield other


def changed(deployed: V, value: Value[object], name: str) -> tuple[object, Value[object]] | None:
    """What an attribute (``value``, called ``name`` in the view) is now and will be, in an update that changes it."""
    later = successor(deployed) if change(deployed).step is Step.UPDATE else None
    planned: Value[object] = getattr(later, name) if later is not None else Absent(value.where)
    match value, planned:
        case Known(now), Known(then) if now != then:
            return now, planned
        case _:
            return None
