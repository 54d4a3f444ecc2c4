"""The names of operations, taken apart: what is done, to what kind of thing."""

from __future__ import annotations

import re
from enum import Enum


class Verb(Enum):
    """What an operation does to a record."""

    MAKE = "make"
    SET = "set"
    """Makes it, or changes the one there is."""
    CHANGE = "change"
    READ = "read"
    REMOVE = "remove"
    TAG = "tag"
    UNTAG = "untag"
    TAGS = "tags"
    CHECK = "check"


_VERBS = {
    Verb.MAKE: "Create Register Start Import Add Publish Associate Attach BatchCreate Allocate Accept",
    Verb.SET: "Put Enable Authorize Activate BatchEnable Set BatchPut",
    Verb.CHANGE: "Update Modify BatchUpdate Replace",
    Verb.READ: "BatchGet BatchDescribe Describe Get List Search",
    Verb.REMOVE: "Delete Disable Deregister Disassociate Detach Remove Stop Revoke BatchDisable BatchDelete Release",
    Verb.CHECK: "Validate",
}
_WORDS = {word: verb for verb, words in _VERBS.items() for word in words.split()}
_FIRST = re.compile(rf"^({'|'.join(sorted(_WORDS, key=len, reverse=True))})(?=[A-Z]|$)")
_TAGS = re.compile(r"^(List|Get|Describe)Tags|^ListResourceTags")


def parsed(operation: str) -> tuple[Verb, str] | None:
    """The verb and the noun of an operation's name; ``None`` for one that is named in another way."""
    if _TAGS.match(operation):
        return Verb.TAGS, ""
    if re.match(r"(Tag|AddTags)", operation):
        return Verb.TAG, ""
    if re.match(r"(Untag|RemoveTags)", operation):
        return Verb.UNTAG, ""
    found = _FIRST.match(operation)
    if found is None:
        return None
    return _WORDS[found[1]], singular(operation[found.end() :])


def singular(noun: str) -> str:
    """``Analyzers`` is of ``Analyzer``, ``Policies`` of ``Policy``, ``Addresses`` of ``Address``."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("sses"):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun
