"""Account profiles: what an account has already and allows, by name or from a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onetake.analysis.configuration import Misconfigured
from onetake.analysis.names import suggestion
from onetake.model.assumptions import ANY_ACCOUNT, NEW_ACCOUNT, USED_ACCOUNT, Profile
from onetake.model.language import Truth

NAMED = {profile.name: profile for profile in (ANY_ACCOUNT, NEW_ACCOUNT, USED_ACCOUNT)}
_ANSWERS = {True: Truth.YES, False: Truth.NO, "yes": Truth.YES, "no": Truth.NO, "unknown": Truth.UNKNOWN}
_KEYS = ("name", "facts", "others", "quotas", "account", "zones")
_ACCOUNT = re.compile(r"[0-9]{12}")
_ZONE = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9][a-z]")


def profile(name: str) -> Profile:
    """The profile of that name, or in the file of that name.

    A file is TOML or JSON: ``facts`` are answers (``true``, ``false``, ``"unknown"``) by name, ``others`` is the
    answer for every other fact, ``quotas`` are limits by name, ``account`` is the account's id in quotes, ``zones`` are
    the names of its availability zones.

    Raises:
        Misconfigured: there is no such profile, or the file has mistakes.
    """
    if name in NAMED:
        return NAMED[name]
    file = Path(name)
    if file.suffix not in (".toml", ".json"):
        raise Misconfigured(f'there is no profile "{name}"{suggestion(name, NAMED)}; or give a .toml or .json file')
    data = _data(file)
    for key in data:
        if key not in _KEYS:
            raise Misconfigured(f'a profile has no "{key}"{suggestion(key, _KEYS)}', name)
    return Profile(
        str(data.get("name", file.stem)),
        {fact: _answer(fact, answer, name) for fact, answer in _table(data, "facts", name).items()},
        _answer("others", data.get("others", "unknown"), name),
        {quota: _limit(quota, limit, name) for quota, limit in _table(data, "quotas", name).items()},
        _account(data.get("account", ""), name),
        _zones(data.get("zones", []), name),
    )


def _account(account: Any, file: str) -> str:
    if account == "" or (isinstance(account, str) and _ACCOUNT.fullmatch(account)):
        return str(account)
    raise Misconfigured('account must be an account id of 12 digits, in quotes: "123456789012"', file)


def _zones(zones: Any, file: str) -> tuple[str, ...]:
    if isinstance(zones, list) and all(isinstance(zone, str) and _ZONE.fullmatch(zone) for zone in zones):
        return tuple(sorted(zones))
    raise Misconfigured('zones must be a list of names of availability zones: ["eu-west-1a", "eu-west-1b"]', file)


def _data(file: Path) -> Mapping[str, Any]:
    import json
    import tomllib

    try:
        text = file.read_text(encoding="utf-8")
        data = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise Misconfigured(f"cannot be read: {error.strerror}", str(file)) from error
    except ValueError as error:
        raise Misconfigured(f"cannot be read: {error}", str(file)) from error
    if not isinstance(data, dict):
        raise Misconfigured("a profile must be a table", str(file))
    return data


def _table(data: Mapping[str, Any], key: str, file: str) -> Mapping[str, Any]:
    table = data.get(key, {})
    if not isinstance(table, dict):
        raise Misconfigured(f"{key} must be a table", file)
    return table


def _answer(fact: str, answer: Any, file: str) -> Truth:
    if isinstance(answer, (bool, str)) and answer in _ANSWERS:
        return _ANSWERS[answer]
    raise Misconfigured(f'{fact} must be true, false or "unknown"', file)


def _limit(quota: str, limit: Any, file: str) -> int:
    from onetake.knowledge.tables import table

    known = table("quotas").values
    if quota not in known:
        raise Misconfigured(f'there is no quota "{quota}"{suggestion(quota, known)}', file)
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        raise Misconfigured(f"{quota} must be a whole number", file)
    return limit
