"""Tells limits of the emulator from refusals: what moto cannot do says nothing about AWS."""

from __future__ import annotations

import re

MARK = "EmulatorGap"
"""The error code with which our layer answers a call that nothing here implements."""

_MARKED = re.compile(rf"{MARK}: (?P<gap>the emulator [^\n]*)")
_UNIMPLEMENTED = re.compile(
    r"operation error (?P<service>[^:]+): (?P<operation>\w+),.*(?:deserialization failed"
    r"|error while deserializing|StatusCode: 50\d)",
    re.DOTALL,
)
_ANSWERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Plugin did not respond|The plugin encountered an error"), "the provider crashed at an answer"),
    (re.compile(r"timeout while waiting for|context canceled|context deadline exceeded"), "did not get ready in time"),
    (re.compile(r"unexpected state '|couldn't find resource|empty result|too many results: wanted"), "answered amiss"),
    (re.compile(r"Provider produced inconsistent result|Provider returned invalid result"), "answered amiss"),
    (re.compile(r"dial tcp|request send failed|connection refused|no such host|EOF$"), "could not be reached"),
    (re.compile(r"invalid character '.*' (?:looking for|after top-level)|deserialization failed"), "answered amiss"),
    (re.compile(r"Malformed version:|unexpected format for ID"), "answered amiss"),
)


def gap(message: str) -> str:
    """What the emulator lacks, in one line, if that is what ``message`` tells; else nothing.

    What is left is a refusal: by Terraform, by the provider, by a service that judges, or by a rule of onetake.
    """
    marked = _MARKED.search(message)
    if marked:
        return marked["gap"].strip()
    called = _UNIMPLEMENTED.search(message)
    if called:
        return f"the emulator does not implement {called['service']}:{called['operation']}"
    for pattern, what in _ANSWERS:
        if pattern.search(message):
            first = message.strip().splitlines()[0] if message.strip() else ""
            return f"the emulator {what}: {first}" if not what.startswith("the ") else f"{what}: {first}"
    return ""
