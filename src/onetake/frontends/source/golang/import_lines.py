"""Lines of imports that are added and taken away, in the order and groups that gofmt keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import commonpath
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.changes import Change
from onetake.frontends.source.golang.standard import is_standard
from onetake.frontends.source.golang.syntax import GoFile, text, within

if TYPE_CHECKING:
    from tree_sitter import Node


def brought(file: GoFile, content: bytes, paths: Iterable[str]) -> Iterator[Change]:
    """The changes that import ``paths``."""
    made: dict[int, Change] = {}
    for path in sorted(paths):
        one = _import(file, content, path)
        before = made.get(one.start)
        made[one.start] = Change(one.start, one.end, before.text + one.text) if before else one
    yield from made.values()


def _import(file: GoFile, content: bytes, path: str) -> Change:
    declarations = [node for node in file.root.named_children if node.type == "import_declaration"]
    for node in declarations:
        specs = [one for one in within(node) if one.type == "import_spec"]
        if specs and text(node).rstrip().endswith(")"):
            return _in_block(specs, content, path)
    end = _ending(content)
    if declarations:
        at = declarations[-1].end_byte
        return Change(at, at, f'{end}import "{path}"')
    clause = next(node for node in file.root.named_children if node.type == "package_clause")
    return Change(clause.end_byte, clause.end_byte, f'{end}{end}import "{path}"')


def _in_block(specs: Sequence[Node], content: bytes, path: str) -> Change:
    """A line in the group of its kind, where the order of paths puts it; a group of its own where there is none."""
    end = _ending(content)
    groups = _groups(specs)
    alike = [group for group in groups if is_standard(_path(group[-1])) == is_standard(path)]
    if not alike:
        first = is_standard(path)
        at = _line(content, specs[0].start_byte) if first else _end_of_line(content, specs[-1].end_byte)
        return Change(at, at, f'\t"{path}"{end}{end}' if first else f'{end}\t"{path}"{end}')
    group = max(alike, key=lambda one: max(len(commonpath([_path(spec), path])) for spec in one))
    behind = next((spec for spec in group if _path(spec) > path), None)
    at = _line(content, behind.start_byte) if behind is not None else _end_of_line(content, group[-1].end_byte)
    return Change(at, at, f'\t"{path}"{end}')


def _groups(specs: Iterable[Node]) -> list[list[Node]]:
    """Imports on lines that follow each other."""
    groups: list[list[Node]] = []
    for spec in specs:
        if groups and spec.start_point[0] == groups[-1][-1].end_point[0] + 1:
            groups[-1].append(spec)
        else:
            groups.append([spec])
    return groups


def in_order(file: GoFile, content: bytes, changes: Sequence[Change]) -> Iterator[Change]:
    """``changes``, with the lines of a group of imports put in their order where new paths disturb it."""
    kept = list(changes)
    for group in _groups(one.node for one in file.imports):
        starts = {path.start_byte for spec in group if (path := spec.child_by_field_name("path")) is not None}
        renamed = {one.start: one for one in kept if one.start in starts and one.end > one.start}
        whole = _ordered(group, content, renamed) if renamed else None
        if whole is not None:
            kept = [one for one in kept if one.start not in renamed]
            yield whole
    yield from kept


def _ordered(group: Sequence[Node], content: bytes, renamed: Mapping[int, Change]) -> Change | None:
    """The lines of a group with new paths, sorted; ``None`` where they are, or where they were not before."""
    lines: list[tuple[str, bytes]] = []
    for spec in group:
        line = content[_line(content, spec.start_byte) : _end_of_line(content, spec.end_byte)]
        path = spec.child_by_field_name("path")
        change = renamed.get(path.start_byte) if path is not None else None
        if path is not None and change is not None:
            line = line.replace(path.text or b"", change.text.encode())
        lines.append((change.text.strip('"') if change else _path(spec), line))
    before, after = [_path(spec) for spec in group], [path for path, _ in lines]
    if before != sorted(before) or after == sorted(after):
        return None
    start, end = _line(content, group[0].start_byte), _end_of_line(content, group[-1].end_byte)
    return Change(start, end, b"".join(line for _, line in sorted(lines)).decode())


def removed(spec: Node, content: bytes) -> Iterator[Change]:
    """The change that takes an import away, with the declaration around it where it is the only one."""
    node: Node | None = spec
    while node is not None and node.type != "import_declaration":
        node = node.parent
    if node is None:
        return
    alone = sum(one.type == "import_spec" for one in within(node)) == 1
    start, end = (node.start_byte, node.end_byte) if alone else (spec.start_byte, spec.end_byte)
    start, end = _line(content, start), _end_of_line(content, end)
    before = content[_line(content, max(0, start - 1)) : start].strip()
    after = content[end : _end_of_line(content, end)].strip()
    if before.startswith(b"//"):
        return  # the comment is about this import, perhaps
    if not after and (not before or before.endswith(b"(")):
        end = _end_of_line(content, end)
    elif not before and after == b")":
        start = _line(content, start - 1)
    yield Change(start, end, "")


def _path(spec: Node) -> str:
    path = spec.child_by_field_name("path")
    return text(path).strip('"`') if path is not None else ""


def _ending(content: bytes) -> str:
    return "\r\n" if b"\r\n" in content else "\n"


def _line(content: bytes, at: int) -> int:
    """Where the line begins that holds a place."""
    return content.rfind(b"\n", 0, at) + 1


def _end_of_line(content: bytes, at: int) -> int:
    """Where the next line begins."""
    found = content.find(b"\n", at)
    return len(content) if found < 0 else found + 1
