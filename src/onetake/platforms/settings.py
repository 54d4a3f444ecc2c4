"""Settings of a platform from a TOML file: the parameters of its class, by their names."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.analysis.names import suggestion
from onetake.model.records import names
from onetake.platforms.catalogue import Entry
from onetake.platforms.parameters import ENVIRONMENTS
from onetake.platforms.profiles import profile
from onetake.platforms.refusals import Refused

_NOT_SET = ("self", "scope")


def parameters(entry: Entry) -> dict[str, inspect.Parameter]:
    """The parameters of a platform's class, in the order in which it declares them."""
    found = inspect.signature(entry.load().__init__).parameters
    return {name: one for name, one in found.items() if name not in _NOT_SET}


def meanings(entry: Entry) -> dict[str, str]:
    """What each parameter means, as its class tells it."""
    documentation = inspect.getdoc(entry.load()) or ""
    told: dict[str, str] = {}
    name = ""
    for line in documentation.partition("Args:\n")[2].partition("\nRaises:")[0].splitlines():
        if line.startswith("    ") and not line.startswith("     "):
            name, _, text = line.strip().partition(": ")
            told[name] = text
        elif name and line.strip():
            told[name] += " " + line.strip()
    return {name: text for name, text in told.items() if name not in _NOT_SET}


def overridable(entry: Entry) -> dict[str, list[str]]:
    """What each setting that ``overrides`` takes is in each environment, as people read it."""
    profiles = [profile(environment, usual=entry.profile.get(environment)) for environment in ENVIRONMENTS]
    used = [name for name in names(profiles[0]) if name not in entry.unused]
    return {name: [shown(getattr(one, name)) for one in profiles] for name in used}


def shown(value: object) -> str:
    """A value of a setting as people read it."""
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else f"{value:,}" if isinstance(value, int) else repr(value)


def read(file: Path, entry: Entry) -> dict[str, Any]:
    """The settings in a file, ready for the platform's class.

    Raises:
        Refused: a setting does not exist, or a table cannot be one of the records it stands for.
        ValueError: the file is not TOML.
        OSError: it cannot be read.
    """
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    return converted(given, entry)


def converted(given: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """Settings as the platform's class takes them: tables that stand for records are made such."""
    known = parameters(entry)
    made: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise Refused(name, value, f"{entry.name} has no such setting{suggestion(name, known)}")
        made[name] = _record(name, value)
    return made


def _record(name: str, value: Any) -> Any:
    if name == "state" and isinstance(value, Mapping):
        from onetake.platforms import State

        return _made(name, value, State)
    if name == "contacts" and isinstance(value, Mapping):
        from onetake.platforms import Contact

        return {kind: _made(f"contacts.{kind}", one, Contact) for kind, one in value.items()}
    return value


def _made(name: str, value: Any, cls: type[Any]) -> Any:
    fields = cls.__match_args__
    if not isinstance(value, Mapping) or set(value) != set(fields):
        raise Refused(name, value, f"it has to be a table of {', '.join(fields)}")
    for field, content in value.items():
        if not isinstance(content, str):
            raise Refused(f"{name}.{field}", content, "it has to be text")
    return cls(**value)
