"""What each call does to the account; it lies in ``operations.toml``.

Texts have holes: ``{p.Name}`` is a parameter, ``{r.Key.Arn}`` a member of the answer, ``{region}`` and ``{account}``.
A text that is one hole stands for the value itself, whatever it is; among others a hole for nothing is empty.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from onetake.model.records import field, record

HOLE = re.compile(r"\{([\w.]+)\}")


@record
class Act:
    """What one call does to one thing: exactly one of ``makes``, ``changes``, ``ends`` names the thing's type."""

    makes: str = ""
    """It creates one, or writes one anew."""
    changes: str = ""
    """It sets properties of one that stands."""
    ends: str = ""
    """It deletes one, or makes something of it that rules are not told: nothing is said of it any more."""
    name: str = ""
    """The thing: its name, or any of its identifiers for one that stands."""
    region: str = ""
    """Of ``makes``: where it stands; empty for where the call is made."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """What others call it by, by attribute."""
    inside: str = ""
    """The parameter that holds the properties."""
    spread: str = ""
    """A parameter whose members are properties: the attributes of a queue."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Properties by the members, at any depth, that are called otherwise in calls."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Properties that are no members, or need another form: texts, in lists and objects too."""
    when: Mapping[str, str] = field(default_factory=dict)
    """Only where the parameters at these paths are these texts; an empty one stands for any value."""
    sets: Mapping[str, str] = field(default_factory=dict)
    """Of ``changes``: the properties, and what they become."""
    adds: Mapping[str, str] = field(default_factory=dict)
    """Of ``changes``: properties that are lists, and what joins them."""
    takes: Mapping[str, str] = field(default_factory=dict)
    """Of ``changes``: properties that are lists, and what leaves them."""
    unset: tuple[str, ...] = ()
    """Of ``changes``: properties that go."""
    judged: bool = True
    """Whether AWS judges at this call what the rules say of it."""
    says: str = ""
    """What AWS says at this call, where rules know only what it says when the thing is created."""

    @property
    def type(self) -> str:
        """The type of the thing."""
        return self.makes or self.changes or self.ends


@cache
def acts() -> Mapping[str, tuple[Act, ...]]:
    """What calls do, by their label (``kms:CreateKey``)."""
    text = resources.files(__package__).joinpath("operations.toml").read_text(encoding="utf-8")
    told = {label: one if isinstance(one, list) else [one] for label, one in tomllib.loads(text).items()}
    return {label: tuple(map(_act, several)) for label, several in told.items()}


def _act(told: Mapping[str, Any]) -> Act:
    fields: dict[str, Any] = {**told, "unset": tuple(told.get("unset", ()))}
    return Act(**fields)
