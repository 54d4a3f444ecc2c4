"""A plan and the configuration that it was made of, as one stack.

The plan knows values, instances and what happens to each; the configuration knows where everything is written, how
texts are made of what is not known yet, and what a plan leaves out (``lifecycle``, the backend). Where both know a
value, the plan's holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from onetake.frontends.plan.values import SENSITIVE
from onetake.frontends.terraform.lazy import Lazy
from onetake.model.findings import Note
from onetake.model.language import Truth
from onetake.model.records import replace
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Absent, Known, Span, Unknown, Value


def join(plan: Stack, configuration: Stack, *, errored: bool = False) -> Stack:
    """The stack that ``plan`` leads to, read with the eyes of ``configuration``.

    Where Terraform ended with errors (``errored``), what the plan does not hold is taken as it is written.
    """
    resources = dict(_resources(plan, configuration, errored=errored))
    notes = [*_differences(plan, configuration), *plan.notes]
    made = Stack(
        name=configuration.name,
        language=configuration.language,
        where=configuration.where,
        engine=configuration.engine,
        resources=resources,
        assumptions=plan.assumptions,
        sources=configuration.sources,
        providers=configuration.providers,
        variables=configuration.variables,
        outputs=configuration.outputs,
        findings=configuration.findings,
        # What the configuration's reader missed, a module, the plan holds.
        notes=[*notes, *(replace(note, missing=False) for note in configuration.notes)],
        whole=not notes,
        construct_tool=configuration.construct_tool,
        secrets=plan.secrets,
    )
    if plan.before is not None:
        made.before = _before(plan.before, configuration)
        made.before.after = made
    return made


def _resources(plan: Stack, configuration: Stack, *, errored: bool) -> Iterator[tuple[str, Resource]]:
    """The configuration's resources in their order, each as the plan has it; then what only the plan knows."""
    told: set[str] = set()
    for address, written in configuration.resources.items():
        planned = plan.resources.get(address)
        if planned is not None and address not in told:
            told.add(address)
            yield address, _joined(planned, written, same=True)
        elif planned is None and (errored or written.mode is not Mode.MANAGED):
            yield address, written
        elif planned is None:
            # One block stands for instances that could not be counted.
            for other in plan.by_declaration.get(written.declaration, ()):
                if other.address not in configuration.resources and other.address not in told:
                    told.add(other.address)
                    yield other.address, _joined(other, written, same=False)
    for address, planned in plan.resources.items():
        if address not in told and planned.mode is not Mode.SETTING:
            yield address, planned


def _joined(planned: Resource, written: Resource, *, same: bool) -> Resource:
    """A resource; of another instance of its block (not ``same``), only where things are written is taken."""
    names = dict.fromkeys((*written.arguments, *planned.arguments))
    find = partial(_argument, planned.arguments, written.arguments, written.where, same=same)
    return replace(
        written,
        address=planned.address,
        arguments=Lazy(names, find),
        exists=Truth.YES,
        change=planned.change,
    )


def _argument(
    planned: Mapping[str, Value[object]], written: Mapping[str, Value[object]], where: Span, name: str, *, same: bool
) -> Value[object]:
    mine, theirs = planned.get(name), written.get(name)
    if mine is None:
        # A dynamic block, or an attribute that is null: only what is not known needs to be told.
        return theirs if isinstance(theirs, Unknown) else Absent(where)
    return value(mine, theirs, same=same) if theirs is not None else _moved(mine, where)


def value(planned: Value[object], written: Value[object], *, same: bool = True) -> Value[object]:
    """One value: what the plan knows of it, at the place where it is written."""
    where = written.where
    match planned, written:
        case Unknown(why), _ if why == SENSITIVE:
            return _moved(planned, where)
        case Unknown(), (Known() | Unknown()) if same:
            return written
        case Known(Mapping() as mine), Known(Mapping() as theirs):
            inner = {
                name: value(one, theirs[name], same=same) if name in theirs else _moved(one, where)
                for name, one in mine.items()
            }
            return Known(inner, where)
        case Known(tuple() as mine), Known(tuple() as theirs):
            return Known(tuple(_items(mine, theirs, where, same=same)), where)
        case Known(found, _, source), _:
            origin = written.origin if same and not isinstance(written, Absent) else None
            moved = _moved(planned, where)
            return Known(found, where, origin or source) if isinstance(found, (str, int, float)) else moved
        case _:
            return _moved(planned, where)


def _items(
    mine: tuple[Value[object], ...], theirs: tuple[Value[object], ...], where: Span, *, same: bool
) -> Iterator[Value[object]]:
    """Each element with the one that is written for it: sets have another order in a plan."""
    left = list(theirs)
    in_order = len(mine) == len(theirs) and all(map(_fits, mine, theirs))
    for item in mine:
        fitting = left[:1] if in_order else [other for other in left if _fits(item, other)]
        if len(fitting) == 1:
            left = [other for other in left if other is not fitting[0]]
            yield value(item, fitting[0], same=same)
        else:
            yield _moved(item, where)


def _fits(planned: Value[object], written: Value[object]) -> bool:
    """Whether an element of a list may be the one that is written."""
    match planned, written:
        case Known(Mapping() as mine), Known(Mapping() as theirs):
            return all(_fits(mine[name], theirs[name]) for name in mine.keys() & theirs.keys())
        case Known(tuple()), Known(tuple()):
            return True
        case Known(mine), Known(theirs):
            return mine == theirs or str(mine) == str(theirs)
        case _:
            return True


def _moved(planned: Value[object], where: Span) -> Value[object]:
    """A value of the plan at a place of the configuration."""
    match planned:
        case Known(Mapping() as inner, _, source):
            return Known({name: _moved(one, where) for name, one in inner.items()}, where, source)
        case Known(tuple() as items, _, source):
            return Known(tuple(_moved(item, where) for item in items), where, source)
        case _:
            return replace(planned, where=where)


def _before(before: Stack, configuration: Stack) -> Stack:
    """What is deployed now, each at the block that made it where that is still written."""
    resources = {}
    for address, deployed in before.resources.items():
        blocks = configuration.by_declaration.get(deployed.declaration, ())
        resources[address] = _placed(deployed, blocks[0].where) if blocks else deployed
    return Stack(
        name=configuration.name,
        language=before.language,
        where=configuration.where,
        engine=before.engine,
        resources=resources,
        assumptions=before.assumptions,
        secrets=before.secrets,
    )


def _placed(deployed: Resource, where: Span) -> Resource:
    def find(name: str) -> Value[object]:
        return _moved(deployed.arguments[name], where / name)

    return replace(deployed, where=where, arguments=Lazy(tuple(deployed.arguments), find))


def _differences(plan: Stack, configuration: Stack) -> Iterator[Note]:
    """Where the two do not belong together: the plan is older, or of another configuration."""
    if not plan.whole:
        return
    file = plan.where.file
    for declaration, (first, *_) in configuration.by_declaration.items():
        if first.mode is Mode.MANAGED and first.exists is Truth.YES and declaration not in plan.by_declaration:
            yield Note(first.where, f"{declaration} is not in {file}, which was made of something else: plan again")
            return
    modules = any(note.missing for note in configuration.notes)
    for declaration, (first, *_) in plan.by_declaration.items():
        if first.mode is Mode.MANAGED and not modules and declaration not in configuration.by_declaration:
            yield Note(plan.where, f"{declaration} is in {file} and not in the configuration: plan again")
            return
