"""Which environment a stack is for: production or not, as its tags and names say.

What production must keep (data, protection, spare capacity) a test environment must not: it is made and
destroyed all day. A stack that does not say, or says both, is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from onetake.model.language import Truth
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Known, Value

PRODUCTION = frozenset({"prod", "prd", "production", "live"})
OTHER = frozenset(
    {"dev", "develop", "development", "test", "testing", "tst", "qa", "uat", "int", "staging", "stage", "stg"}
    | {"sandbox", "demo", "preview", "ephemeral", "ci", "pr"}
)
TAGS = frozenset({"environment", "env", "stage"})
TAG_ARGUMENTS = frozenset({"tags", "Tags", "FileSystemTags", "HostedZoneTags", "UserPoolTags", "BackupVaultTags"})
"""Where tags are written; some CloudFormation types have their own word."""
PROVIDER = "provider.aws"
_NAMES = re.compile(r"(^|_)(name|bucket|identifier)$|(Name|Identifier)$")
_NUMBERED = re.compile(r"\d+$")


def is_production(stack: Stack) -> Truth:
    """Is ``stack`` a production environment? ``UNKNOWN`` when nothing says so, or different things do."""
    found = stack.memo.get(is_production)
    if found is None:
        found = stack.memo[is_production] = _judge(stack)
    return cast("Truth", found)


def _judge(stack: Stack) -> Truth:
    for said in (_tagged, _named):
        answers = {answer for resource in stack.resources.values() for answer in said(resource)}
        if answers:
            return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    return Truth.UNKNOWN


def _tagged(resource: Resource) -> Iterator[Truth]:
    for name, value in (*_given_to_all(resource), *tags(resource).items()):
        if name.lower() in TAGS and isinstance(value, Known):
            yield from _words(str(value.value))


def _given_to_all(resource: Resource) -> Iterator[tuple[str, Value[object]]]:
    """The tags that a provider gives to everything it makes (``default_tags``)."""
    written = resource.arguments.get("default_tags") if resource.type == PROVIDER else None
    blocks = written.value if isinstance(written, Known) and isinstance(written.value, tuple) else (written,)
    for block in blocks:
        match block:
            case Known(Mapping() as arguments):
                match arguments.get("tags"):
                    case Known(Mapping() as pairs):
                        yield from pairs.items()


def _named(resource: Resource) -> Iterator[Truth]:
    if resource.mode is not Mode.MANAGED:
        return
    name_tag = tags(resource).get("Name")
    named = [value for key, value in resource.arguments.items() if _NAMES.search(key)]
    for value in (*named, name_tag):
        if isinstance(value, Known) and isinstance(value.value, str):
            # An environment is named at the end (payments-api-dev); in the middle the word may mean anything.
            yield from _words(re.split(r"[-_./]", value.value)[-1])


def _words(text: str) -> Iterator[Truth]:
    for word in re.split(r"[^a-z0-9]+", text.lower()):
        bare = _NUMBERED.sub("", word)
        if bare in PRODUCTION:
            yield Truth.YES
        elif bare in OTHER:
            yield Truth.NO


def tags(resource: Resource) -> Mapping[str, Value[object]]:
    """The tags that ``resource`` sets itself, in either language's form."""
    written = next((resource.arguments[key] for key in resource.arguments if key in TAG_ARGUMENTS), None)
    match written:
        case Known(Mapping() as pairs):
            return pairs
        case Known(tuple() as items):
            found: dict[str, Value[object]] = {}
            for item in items:
                match item:
                    case Known(Mapping() as pair):
                        key, value = pair.get("Key"), pair.get("Value")
                        if isinstance(key, Known) and value is not None:
                            found[str(key.value)] = value
                    case _:
                        continue
            return found
        case _:
            return {}
