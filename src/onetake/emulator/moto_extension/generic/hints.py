"""What the models of services do not tell about a kind of thing: the form of its ARN, its settled state."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from onetake.model.records import field, record


@record
class Hint:
    """How things of one kind look."""

    arn: str = ""
    """A template: ``arn:aws:eks:{region}:{account}:addon/{clusterName}/{addonName}/{id}``; any parameter of the call
    that created the thing can stand in it."""
    id: str = ""
    """A template likewise, with ``{hex8}`` and ``{hex17}`` for random digits; a UUID if empty."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Members that every such thing has, by name, where its creator does not give them: ``{"status": "ENABLED"}``."""
    key: tuple[str, ...] = ()
    """The parameters that identify it; those that ``Get`` or ``Delete`` require, if empty."""
    once: bool = False
    """Whether there is one in an account and region, which ``Put`` and ``Update`` change."""


NOTHING = Hint()


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A template with its names put in; names that are not known are left out."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("hex"):
            return secrets.token_hex(16)[: int(name[3:])]
        if name == "uuid":
            return str(uuid.uuid4())
        return str(values.get(name, values.get(plain(name), "")))

    return re.sub(r"\{(\w+)\}", value, template)


def plain(name: str) -> str:
    """A name as the engine compares it: without case and separators."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
