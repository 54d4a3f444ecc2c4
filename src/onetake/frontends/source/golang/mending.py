"""Edits that mend a fault of a Go file, as gofmt would write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onetake.frontends.source.golang.aligning import padding
from onetake.frontends.source.golang.changes import Change, Needed
from onetake.frontends.source.golang.faults import UNUSED_IMPORT, Fault
from onetake.frontends.source.golang.import_lines import brought, in_order, removed
from onetake.frontends.source.golang.packages import Imports
from onetake.frontends.source.golang.syntax import GoFile, text, within
from onetake.model.findings import Action, Edit
from onetake.model.records import record
from onetake.model.values import Span


@record
class Source:
    """A file that is judged."""

    name: str
    content: bytes
    file: GoFile
    imports: Imports


def edits(fault: Fault, source: Source) -> tuple[Edit, ...]:
    """What mends ``fault``; nothing where it is not sure what was meant."""
    needed = {one.package.path: one.package for one in fault.changes if one.package}
    if fault.brings is not None:
        needed[fault.brings.path] = fault.brings
    names = {path: _name(path, source.imports) for path in needed}
    changes = [_written(one, names) for one in fault.changes]
    if fault.rule == UNUSED_IMPORT and not fault.kept:
        changes += removed(fault.node, source.content)
    if not changes and not needed:
        return ()
    missing = [one for one in needed.values() if not names[one.path]]
    changes += brought(source.file, source.content, [one.path for one in missing])
    for lost in _lost(fault, missing, source):
        changes += removed(source.imports.names[lost].node, source.content)
    changes = [*in_order(source.file, source.content, changes)]
    changes += padding(source.file.root, source.content, changes)
    return tuple(_edit(one, source) for one in changes)


def _name(path: str, imports: Imports) -> str:
    """How the file calls a package; empty where it does not import it."""
    return next((name for name, one in imports.names.items() if one.path == path), "")


def _written(change: Change, names: dict[str, str]) -> Change:
    if change.package is None:
        return change
    name = names[change.package.path] or change.package.name
    return Change(change.start, change.end, f"{name}.{change.text}")


def _lost(fault: Fault, missing: Iterable[Needed], source: Source) -> Iterator[str]:
    """The imports that nothing uses any more: all that named them gives way to something else."""
    kept = {one.package.path for one in fault.changes if one.package} | {one.path for one in missing}
    waiting = {name for name, one in source.imports.names.items() if one.path not in kept}
    gone: set[str] = set()
    for node in within(source.file.root) if fault.changes else ():
        name = text(node) if node.type in ("identifier", "package_identifier") else ""
        if name in waiting and node.parent is not None and node.parent.type != "import_spec":
            if _replaced(node.start_byte, node.end_byte, fault.changes):
                gone.add(name)
            else:
                waiting.discard(name)
    yield from gone & waiting


def _replaced(start: int, end: int, changes: Sequence[Change]) -> bool:
    return any(one.start <= start and end <= one.end for one in changes)


def _edit(change: Change, source: Source) -> Edit:
    place = (*_place(source.content, change.start), *_place(source.content, change.end))
    old = source.content[change.start : change.end].decode("utf-8")
    return Edit(Span(source.name, place), Action.SET, [old, change.text])


def _place(content: bytes, at: int) -> tuple[int, int]:
    """Line and column; lines count from 1, columns are bytes from 0."""
    return content.count(b"\n", 0, at) + 1, at - content.rfind(b"\n", 0, at) - 1
