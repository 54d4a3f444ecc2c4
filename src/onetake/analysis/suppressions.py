"""Findings that the program's author accepts, said in place and with a reason.

In YAML and native Terraform by a comment, on the line of what it applies to or on one above it::

    # onetake: ignore[sqs-fifo-name-without-suffix] because the name is set by the pipeline

It applies to the resource, block or property that begins there, and to all inside. In JSON, and wherever a tool
writes the comments away, by data: ``Metadata: {onetake: {ignore: [{rule: ..., because: ...}]}}`` in a template's
resource, and the same object, or the comment's text, under the comment key ``//`` in Terraform's JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from onetake.analysis.names import SCHEMA, suggestion
from onetake.frontends.lines import Lines
from onetake.model.assembly import Waiver
from onetake.model.findings import Confidence, Finding, Position, Severity, Stage
from onetake.model.language import Language
from onetake.model.records import field, record
from onetake.model.stacks import SourceFile, Stack
from onetake.model.values import Key, Known, Span, plain

_MARK = "onetake"
_DIRECTIVE = re.compile(r"onetake:\s*ignore\[([^\]\n]*)\][ \t]*([^\n]*)")
_COMMENT = re.compile(r"^([^\n]*?)(?:#|//)[ \t]*" + _DIRECTIVE.pattern, re.MULTILINE)
_OFFSET = "@"
_SEVERITIES = {"suppression-without-reason": Severity.MEDIUM, "unused-suppression": Severity.LOW}


@record(frozen=False, eq=False)
class Directive:
    """One suppression: the rules it names, why, and where it applies."""

    rules: tuple[str, ...]
    reason: str
    where: Span
    target: int = 0
    """The line on which what it applies to begins; 0 when it applies to ``scope``."""
    scope: tuple[Key, ...] = ()
    used: set[str] = field(default_factory=set)

    def covers(self, finding: Finding, stack: Stack) -> bool:
        """Whether it suppresses ``finding``."""
        if finding.rule not in self.rules or not self.reason:
            return False
        return any(span.file == self.where.file and self._holds(span, stack) for span in _spots(finding, stack))

    def _holds(self, span: Span, stack: Stack) -> bool:
        if not self.target:
            return span.path[: len(self.scope)] == self.scope
        # A path shorter than a resource's names no block of its own.
        floor = 2 if stack.language is Language.CLOUDFORMATION else 3
        for length in range(len(span.path), min(floor, len(span.path)) - 1, -1):
            position = stack.position(Span(span.file, span.path[:length]))
            if position is not None and position.line == self.target:
                return True
        return False


def suppress(
    stack: Stack, findings: Sequence[Finding], known: Callable[[], Collection[str]], asked: Callable[[str], bool]
) -> tuple[list[Finding], list[Waiver]]:
    """What stays of ``findings``, with what is wrong with the suppressions, and what was suppressed.

    Args:
        stack: the stack; a file with suppressions gets places for them.
        findings: what was found in it.
        known: the names of everything that can be found.
        asked: whether a name was looked for in this run; others cannot be told to be unused.
    """
    directives = list(_directives(stack)) if any(_MARK in one.text for one in stack.sources.values()) else []
    if not directives:
        return list(findings), []
    kept: list[Finding] = []
    waived: list[Waiver] = []
    for finding in findings:
        directive = next((one for one in directives if one.covers(finding, stack)), None)
        if directive is None:
            kept.append(finding)
        else:
            directive.used.add(finding.rule)
            position = stack.position(directive.where)
            line = position.line if position else 0
            waived.append(Waiver(finding, directive.reason, directive.where.file, line))
    kept += (finding for one in directives for finding in _faults(one, stack, known, asked))
    return kept, waived


def _spots(finding: Finding, stack: Stack) -> Iterator[Span]:
    yield finding.where
    resource = stack.resources.get(finding.resource)
    if resource is not None:
        yield resource.where


def _faults(
    directive: Directive, stack: Stack, known: Callable[[], Collection[str]], asked: Callable[[str], bool]
) -> Iterator[Finding]:
    if not directive.reason:
        if asked("suppression-without-reason"):
            text = f"{_named(directive.rules)} is not suppressed: no reason is given"
            fix = "add why: onetake: ignore[...] because ..."
            yield _finding("suppression-without-reason", text, fix, directive, stack)
        return
    if not asked("unused-suppression"):
        return
    for rule in directive.rules:
        if rule in directive.used:
            continue
        if rule in known() or rule.startswith(SCHEMA):
            if not asked(rule):
                continue
            text = f"the suppression of {rule} suppresses nothing"
        else:
            text = f'a suppression names "{rule}", which is no rule{suggestion(rule, known())}'
        yield _finding("unused-suppression", text, "take it away, or correct it", directive, stack)


def _named(rules: Iterable[str]) -> str:
    return " and ".join(rules) or "nothing"


def _finding(name: str, message: str, fix: str, directive: Directive, stack: Stack) -> Finding:
    from onetake.analysis.pages import PAGES

    return Finding(
        rule=name,
        severity=_SEVERITIES[name],
        stage=Stage.LINT,
        confidence=Confidence.EXACT,
        where=directive.where,
        resource="",
        message=message,
        cause=" ".join(PAGES[name].split("\n\n", 1)[1].split()),
        fix=fix,
        stack=stack.name,
    )


def _directives(stack: Stack) -> Iterator[Directive]:
    for resource in stack.resources.values():
        metadata = resource.settings.get("Metadata")
        if isinstance(metadata, Known):
            yield from _metadata(metadata.value, resource.where)
    for file, source in list(stack.sources.items()):
        if _MARK not in source.text:
            continue
        if file.endswith(".json"):
            yield from _json_comments(file, source)
        else:
            yield from _comments(file, source, stack)


def _metadata(metadata: Any, owner: Span) -> Iterator[Directive]:
    note = metadata.get(_MARK) if isinstance(metadata, Mapping) else None
    if note is None:
        return
    try:
        data = plain(note)
    except LookupError:
        return
    yield from _listed(data, owner / "Metadata" / _MARK, owner.path)


def _listed(data: Any, where: Span, scope: tuple[Key, ...]) -> Iterator[Directive]:
    """The suppressions written as data."""
    items = data.get("ignore") if isinstance(data, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("rule"), str):
            reason = item.get("because")
            written = reason.strip() if isinstance(reason, str) else ""
            yield Directive((item["rule"],), written, where / "ignore" / index, scope=scope)


def _json_comments(file: str, source: SourceFile) -> Iterator[Directive]:
    """Those under the comment key ``//``, each applying to the object that holds it."""
    try:
        pending: list[tuple[Any, tuple[Key, ...]]] = [(json.loads(source.text), ())]
    except ValueError:
        return
    while pending:
        data, path = pending.pop()
        if isinstance(data, list):
            pending += [(item, (*path, index)) for index, item in reversed(list(enumerate(data)))]
        if not isinstance(data, dict):
            continue
        comment = data.get("//")
        for text in [comment] if isinstance(comment, str) else comment if isinstance(comment, list) else []:
            found = _DIRECTIVE.search(text) if isinstance(text, str) else None
            if found:
                yield Directive(_rules(found[1]), _reason(found[2]), Span(file, (*path, "//")), scope=path)
        if isinstance(comment, dict):
            yield from _listed(comment.get(_MARK), Span(file, (*path, "//", _MARK)), path)
        pending += [(inner, (*path, key)) for key, inner in reversed(list(data.items())) if key != "//"]


def _comments(file: str, source: SourceFile, stack: Stack) -> Iterator[Directive]:
    text = source.text
    found = list(_COMMENT.finditer(text))
    lines = Lines(text)
    if found:
        stack.sources = {**stack.sources, file: _WithOffsets(source, lines)}
    for match in found:
        line = lines.position(match.start(), match.start()).line
        target = line if match[1].strip() else _following(text, match.end(), line)
        where = Span(file, (_OFFSET, match.end(1), match.end()))
        yield Directive(_rules(match[2]), _reason(match[3]), where, target)


def _following(text: str, position: int, line: int) -> int:
    """The number of the next line that is neither blank nor a comment."""
    for number, content in enumerate(text[position:].split("\n")[1:], line + 1):
        bare = content.strip()
        if bare and not bare.startswith(("#", "//")):
            return number
    return line


def _rules(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _reason(text: str) -> str:
    return re.sub(r"^[\s:,-]*(?:because\b)?[\s:,-]*", "", text.removesuffix("*/")).strip()


class _WithOffsets:
    """A file whose paths may also be offsets: comments have no path of names."""

    def __init__(self, source: SourceFile, lines: Lines) -> None:
        self._source = source
        self._lines = lines

    @property
    def text(self) -> str:
        """The whole file."""
        return self._source.text

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        """Where ``path`` stands."""
        match path:
            case (first, int() as start, int() as end) if first == _OFFSET:
                return self._lines.position(start, end)
            case _:
                return self._source.locate(path)
