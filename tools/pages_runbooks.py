"""What somebody on call reads of a platform: what its alarms mean, and the documents that carry out a runbook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from onetake.platforms.catalogue import Entry
from onetake.platforms.synthesized import Resource, Synthesized

_ALARMS: Final = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
_WITHIN: Final = "aws:executeAutomation"
_WAITS: Final = "aws:waitForAwsResourceProperty"


def runbook(entry: Entry, stack: Synthesized) -> Iterator[str]:
    """The lines of the section.

    Args:
        entry: the platform.
        stack: its copy in production.
    """
    yield "## Runbook\n"
    yield f"What the alarms of production mean. Their names begin with `{entry.prefix}-` and end with the suffix."
    yield "\n| alarm | what happened |\n| --- | --- |"
    alarms = [alarm for kind in _ALARMS for alarm in stack.of(kind)]
    for alarm in sorted(alarms, key=lambda one: str(one.arguments["alarm_name"])):
        yield f"| `{_short(entry, alarm)}` | {alarm.arguments['alarm_description']} |"
    documents = [one for one in stack.of("aws_ssm_document") if one.arguments["document_type"] == "Automation"]
    if documents:
        yield from _procedures(documents)


def _short(entry: Entry, alarm: Resource) -> str:
    name = str(alarm.arguments["alarm_name"])
    return name.removeprefix(f"{entry.prefix}-").removesuffix("-prod")


def _procedures(documents: list[Resource]) -> Iterator[str]:
    """Every automation document with its steps; one that starts others comes first."""
    contents = {str(one.arguments["name"]): json.loads(one.arguments["content"]) for one in documents}
    yield "\nAutomation documents of Systems Manager, which `aws ssm start-automation-execution` starts:\n"
    for name, content in sorted(contents.items(), key=lambda item: (not _starts_others(item[1]), item[0])):
        calls = ", ".join(dict.fromkeys(_called(step) for step in content["mainSteps"]))
        yield f"- `{name}`: {content['description']} ({calls})."


def _called(step: Mapping[str, Any]) -> str:
    """The call that a step makes, or the document that it starts."""
    inputs = step["inputs"]
    if step["action"] == _WITHIN:
        return f"`{step['name']}`"
    waits = "waits by " if step["action"] == _WAITS else ""
    return f"{waits}`{inputs['Service']}:{inputs['Api']}`"


def _starts_others(content: Mapping[str, Any]) -> bool:
    return any(step["action"] == _WITHIN for step in content["mainSteps"])
