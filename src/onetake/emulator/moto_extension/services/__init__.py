"""One small file a service, named as botocore names it.

What can stand in one:

- ``HINTS``: what the generic engine has to know about its kinds of things, by noun.
- ``OWN``: nouns that the generic engine answers although moto has operations for them, which are not enough.
- ``OPERATIONS``: operations of our own, asked before moto.
- ``AMENDMENTS``: what moto's answer lacks, filled in.
- ``THINGS``: tables of the store that hold things of their own, and not what belongs to a thing of moto.
- ``repair()``: defects of moto, mended in its classes; called once.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from keyword import iskeyword
from typing import Any

from onetake.emulator.moto_extension.calls import Call
from onetake.emulator.moto_extension.generic import engine
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Operation, Store
from onetake.model.records import field, record

Amendment = Callable[[Call, Store, dict[str, Any]], None]
"""Gets the call, the state and moto's answer, and changes that."""


@record
class Extension:
    """What we add to a service."""

    hints: Mapping[str, Hint] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    operations: Mapping[str, Operation] = field(default_factory=dict)
    amendments: Mapping[str, Amendment] = field(default_factory=dict)
    things: frozenset[str] = frozenset()


@cache
def of(service: str) -> Extension:
    """What we add to a service; its repairs are done when this returns."""
    module_name = service.replace("-", "_")
    name = f"{__name__}.{module_name}{'_' if iskeyword(module_name) else ''}"
    if find_spec(name) is None:
        return Extension()
    module = importlib.import_module(name)
    repair = getattr(module, "repair", None)
    if repair:
        repair()
    return Extension(
        getattr(module, "HINTS", {}),
        frozenset(getattr(module, "OWN", ())),
        getattr(module, "OPERATIONS", {}),
        getattr(module, "AMENDMENTS", {}),
        frozenset(getattr(module, "THINGS", ())),
    )


def kept(table: str, name: str, *members: str) -> Amendment:
    """Keep what a call gives of ``members``, under the parameter ``name`` that identifies the thing."""

    def amend(call: Call, store: Store, _answer: dict[str, Any]) -> None:
        given = {member: call.parameters[member] for member in members if call.get(member) is not None}
        store.table(call, table).setdefault(str(call.get(name)), {}).update(given)

    return amend


def _tagged(call: Call, store: Store) -> Mapping[str, Any] | None:
    return engine.answer(call, store, {})


TAGGING: Mapping[str, Operation] = dict.fromkeys(("ListTagsForResource", "TagResource", "UntagResource"), _tagged)
"""Operations of a service for which moto does not keep the tags of everything that it makes."""
