"""Templates as files: a template and the stacks nested in it, each read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onetake.frontends.cloudformation import given, nested
from onetake.frontends.cloudformation.loading import Broken, load
from onetake.frontends.cloudformation.problems import Problems
from onetake.frontends.cloudformation.reading import Setting, Template
from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.model.findings import Note
from onetake.model.records import replace
from onetake.model.stacks import Stack
from onetake.model.values import Span


def read(path: Path, options: Options, *, name: str = "", account: str | None = None) -> list[Stack]:
    """The stack of the template at ``path``, followed by those nested in it.

    Raises:
        Unreadable: the file cannot be read, or is no template.
    """
    file = shown(path, options)
    setting = Setting(
        name=name or path.name.split(".")[0],
        file=file,
        assumptions=options.assumptions,
        limits=options.limits,
        given=given.parameters(options),
        account=account,
    )
    return list(_stacks(path, options, setting, 0))


def _stacks(path: Path, options: Options, setting: Setting, depth: int) -> Iterator[Stack]:
    template = _template(read_text(path, options), setting)
    stack = template.stack()
    inner: list[Stack] = []
    for resource in stack.by_type.get(nested.KIND, ()):
        # What a nested stack is handed, it may complete: a policy for a bucket, a rule for a group.
        stack.whole = stack.whole and not nested.hands_down(resource)
        body = template.sections["Resources"][resource.address]
        file = nested.local_template(resource, body, path.parent)
        if file is None or depth >= nested.DEPTH:
            continue
        passed = nested.passed(resource)
        own = replace(
            setting,
            name=f"{setting.name}/{resource.address}",
            file=shown(file, options),
            given=passed.known,
            undecided=passed.unknown,
        )
        try:
            inner += _stacks(file, options, own, depth + 1)
        except Unreadable as problem:
            note = Note(resource.where, f"the nested template is not read: {problem.message}")
            stack.notes = [*stack.notes, note]
    yield stack
    yield from inner


def _template(text: str, setting: Setting) -> Template:
    from onetake.frontends.cloudformation import is_filled_in_first, looks_like_template

    problems = Problems(setting.file, setting.name)
    data, source = load(text, problems, setting.limits)
    if isinstance(source, Broken):
        if not looks_like_template(text) or is_filled_in_first(text, setting.limits):
            fault = problems.findings[0].message
            raise _no_template(setting.file, f"{setting.file}: {fault}", source.line, source.column)
    elif not isinstance(data, dict) or "Resources" not in data:
        raise _no_template(setting.file, f"{setting.file} is no CloudFormation template: it has no Resources")
    return Template(data, source, setting, problems)


def _no_template(file: str, message: str, line: int = 0, column: int = 0) -> Unreadable:
    return Unreadable(Span(file), message, "give a CloudFormation template in YAML or JSON", line=line, column=column)
