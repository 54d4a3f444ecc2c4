"""What AWS added to the enumerations that the provider knew, by the enumeration.

The provider takes most of its enumerations from the description of AWS's API; a newer description tells which names a
newer provider may take, and that it takes no others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from onetake.knowledge.shelf import pack

NAME = "aws-enumerations"


def signature(members: Iterable[str]) -> str:
    """The key of an enumeration: the same whatever the order of its members."""
    return hashlib.sha256("\0".join(sorted(members)).encode()).hexdigest()[:12]


def later(members: Iterable[str]) -> frozenset[str] | None:
    """The members that AWS has added since; ``None`` when the API has no enumeration with these."""
    found = pack(NAME)
    frame = found.load(signature(members)) if found is not None else None
    return None if frame is None else frozenset(frame)
