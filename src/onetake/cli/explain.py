"""What ``--explain`` and ``--list-rules`` print."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onetake.analysis.names import SCHEMA, every, suggestion
from onetake.analysis.pages import PAGES
from onetake.analysis.runner import fill
from onetake.rules import registry


def page(name: str) -> str:
    """The page of a rule: what it is, when it stops, what is printed, why, what to do, where that is from.

    Raises:
        LookupError: there is no such rule; the message names the nearest.
    """
    if name in PAGES:
        return f"{name}\n\n{PAGES[name]}\n"
    if name.startswith(SCHEMA):
        return f"{name}\n\nA fact of CloudFormation's schemas, told by cloudformation-validate, the library of AWS.\n"
    if name not in registry.entries():
        raise LookupError(f'there is no rule "{name}"{suggestion(name, every())}')
    return "\n".join(_page(name)) + "\n"


def _page(name: str) -> Iterator[str]:
    rule = registry.load(name)
    yield from (f"{name} ({rule.severity.value})", "", registry.page(name), "")
    for language, answer in rule.answers.items():
        yield f"{language.value.capitalize().replace('formation', 'Formation')} stops at {answer.stage.value}" + (
            " and prints:" if answer.text else "."
        )
        if answer.text:
            yield from (f"    {line}" for line in fill(answer.text, {}).splitlines())
    yield from ("", f"Why: {rule.cause}", "", f"Fix: {rule.fix}", "", "Evidence:")
    yield from (f"  {source}" for source in rule.evidence)


def table() -> str:
    """Every rule in one line: name, severity, stage, what it finds."""
    entries = sorted(registry.entries().values())
    name = max((len(entry.name) for entry in entries), default=0)
    stage = max((len("/".join(entry.stages)) for entry in entries), default=0)
    lines = (
        f"{entry.name:{name}}  {entry.severity:8}  {'/'.join(entry.stages):{stage}}  {entry.summary}"
        for entry in entries
    )
    return "".join(f"{line}\n" for line in lines)


def data() -> str:
    """The same as JSON."""
    rules = [
        {**entry._asdict(), "types": list(entry.types), "stages": list(entry.stages)}
        for entry in sorted(registry.entries().values())
    ]
    for rule in rules:
        del rule["module"]
    return json.dumps(rules, indent=2) + "\n"
