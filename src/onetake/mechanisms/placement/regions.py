"""In which region of the public partition something lies, where it is certain."""

from __future__ import annotations

import re

from onetake.aws.view import View
from onetake.mechanisms.placement.zones import region
from onetake.model.text import prefix
from onetake.model.values import Known, Value

_ARN = re.compile(r"arn:aws:(?P<service>[a-z0-9-]+):(?P<region>[a-z]{2}(?:-[a-z]+)+-\d):")
_OTHER_PARTITIONS = ("cn-", "us-gov-")


def public_region(view: View) -> str:
    """The region in which ``view``'s resource is created; empty where it is not known, or of another partition."""
    match region(view):
        case Known(name) if not name.startswith(_OTHER_PARTITIONS):
            return name
        case _:
            return ""


def written_region(arn: Value[str], service: str) -> str:
    """The region that is written in an ARN of ``service``; empty where none is known."""
    found = _ARN.match(prefix(arn))
    return found["region"] if found is not None and found["service"] == service else ""
