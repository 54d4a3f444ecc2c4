"""What an edit must do to data, told without looking at text."""

import copy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from onetake.model.findings import Action


@dataclass(frozen=True)
class Place:
    """Where an edit goes, and what it does there."""

    path: tuple[str | int, ...]
    action: Action
    exists: bool


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(inner for key, value in items for inner in _paths(value, (*path, key)))]


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def PLACES(document: dict[str, Any]) -> st.SearchStrategy[Place]:  # noqa: N802 - read like the other strategies
    """Every edit that makes sense in ``document``."""
    paths = _paths(document)
    found = [Place(path, action, True) for path in paths if path for action in (Action.SET, Action.REMOVE)]
    found += [Place(path, Action.APPEND, True) for path in paths if isinstance(_at(document, path), list)]
    for path in paths:
        if isinstance(_at(document, path), dict):
            found += [Place((*path, "new"), Action.SET, False), Place((*path, "new", "deep"), Action.APPEND, False)]
    return st.sampled_from(found)


def after(document: dict[str, Any], place: Place, value: object) -> dict[str, Any] | None:
    """``document`` as it must be; ``None`` where the place has no plain meaning (a key called ``new`` is there)."""
    result = copy.deepcopy(document)
    *above, last = place.path
    if not place.exists:
        names = [key for key in place.path if key in ("new", "deep")]
        outer = _at(result, place.path[: len(place.path) - len(names)])
        if "new" in outer:
            return None
        outer["new"] = value if len(names) == 1 else {"deep": [value]}
        return result
    if place.action is Action.APPEND:
        _at(result, place.path).append(value)
    elif place.action is Action.REMOVE:
        del _at(result, tuple(above))[last]
    else:
        _at(result, tuple(above))[last] = value
    return result
