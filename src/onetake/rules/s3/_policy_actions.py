"""What the statements of a bucket policy do to what: kinds of actions and of resources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.knowledge.iam_actions import actions
from onetake.mechanisms.policies import Statement
from onetake.mechanisms.policies.names import spelled
from onetake.model.stacks import Stack
from onetake.model.values import Known, Reference, Value

_KEY = re.compile(r"^arn:[a-z-]+:s3:::[^/]*/")
_BUCKET = re.compile(r"^arn:[a-z-]+:s3:::[^/*?]+$")
BOTH = frozenset({"bucket", "object"})


def named(statement: Statement) -> Iterator[tuple[str, Value[object]]]:
    """The actions that are written out, without wildcards."""
    for item in statement.actions.items:
        if isinstance(item, Known) and isinstance(item.value, str) and not set("*?") & set(item.value):
            yield item.value, item


def kinds_of(action: str) -> frozenset[str] | None:
    """Whether S3's ``action`` is about buckets, objects, both or neither; ``None`` when there is no such action."""
    service, _, name = action.lower().partition(":")
    found = (actions("s3") or {}).get(name) if service == "s3" else None
    return None if found is None else frozenset(found) & BOTH


def kinds_reached(statement: Statement, stack: Stack) -> frozenset[str]:
    """Whether the resources of a statement may be buckets, objects or both."""
    if not statement.resources.complete or statement.not_resources.written or not statement.resources.items:
        return BOTH
    found: frozenset[str] = frozenset()
    for item in statement.resources.items:
        found |= _kind(item, stack)
    return found


def _kind(item: Value[object], stack: Stack) -> frozenset[str]:
    pieces = spelled(item, stack)
    # The name of a bucket that the program makes has no slash in it; any other gap may hold anything.
    text = "".join(
        piece if isinstance(piece, str) else "x" if isinstance(piece, Reference) and _of_bucket(piece, stack) else "\0"
        for piece in pieces
    )
    if _KEY.match(text) and "\0" not in text.partition("/")[0]:
        return frozenset({"object"})
    return frozenset({"bucket"}) if _BUCKET.match(text) and "\0" not in text else BOTH


def _of_bucket(piece: Reference, stack: Stack) -> bool:
    target = stack.resources.get(piece.target)
    return target is not None and target.type in ("aws_s3_bucket", "AWS::S3::Bucket")
