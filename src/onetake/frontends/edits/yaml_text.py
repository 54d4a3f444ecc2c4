"""Edits of YAML text: comments, quotes and layout outside the edited value stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from typing import cast

import yaml

from onetake.frontends.edits import yaml_writing
from onetake.frontends.edits.patch import (
    NotEditable,
    Patch,
    indentation,
    indented,
    line_end,
    line_start,
    nested,
    newline,
)
from onetake.model.findings import Action
from onetake.model.records import record
from onetake.model.values import Key

_FUNCTION = re.compile(r"Ref$|Condition$|Fn::")


def edit(source: str, path: tuple[Key, ...], action: Action, value: object) -> str:
    """``source`` with one edit made.

    Raises:
        NotEditable: the text has no place for it, or what it changes is shared through an anchor.
    """
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise NotEditable("the file is no plain YAML") from error
    if root is None:
        raise NotEditable("the file is empty")
    return _Editor(source, root).patch(path, action, value).on(source)


@record
class _Step:
    """A node on the way to the edited one, and the entry of its parent that it is."""

    node: yaml.Node
    parent: yaml.Node | None = None
    key: yaml.Node | None = None
    index: int = 0
    above: _Step | None = None


class _Editor:
    def __init__(self, source: str, root: yaml.Node) -> None:
        self.source = source
        self.root = root
        self.style = yaml_writing.Style(
            step=indentation(source).expandtabs(2),
            lists_indented=_lists_indented(source),
            short_functions=re.search(r"!(?:Ref|GetAtt|Sub)\b", source) is not None,
        )
        self.shared = _shared(root)

    def patch(self, path: tuple[Key, ...], action: Action, value: object) -> Patch:
        step, rest = self._descend(path)
        if action is Action.REMOVE:
            if rest or step.parent is None:
                raise NotEditable("what the edit removes is not written here")
            return self._remove(step)
        if not rest:
            return self._append(step, value) if action is Action.APPEND else self._replace(step, value)
        node = step.node
        addition = nested(rest[1:], [value] if action is Action.APPEND else value)
        if isinstance(node, yaml.SequenceNode) and rest[0] == len(node.value):
            return self._insert(step, None, addition)
        if not isinstance(rest[0], str):
            raise NotEditable("what the edit changes is not written here")
        if isinstance(node, yaml.MappingNode):
            return self._insert(step, rest[0], addition)
        if self._text(node) == "":
            return self._replace(step, {rest[0]: addition})
        raise NotEditable("what the edit changes is not written here")

    def _descend(self, path: tuple[Key, ...]) -> tuple[_Step, tuple[Key, ...]]:
        step = _Step(self.root)
        for depth, name in enumerate(path):
            following = _child(step, name)
            if following is None:
                return step, path[depth:]
            step = following
            if id(step.node) in self.shared:
                raise NotEditable("the value is used in several places through an anchor")
        return step, ()

    def _text(self, node: yaml.Node) -> str:
        return self.source[node.start_mark.index : self._end(node)]

    def _end(self, node: yaml.Node) -> int:
        """Where the node's own text ends: before the comments and blank lines that follow it."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1]) if isinstance(last, tuple) else self._end(last)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return start + len(self.source[start:end].rstrip())
        return cast("int", end)

    def _column(self, node: yaml.Node) -> str:
        """White space up to the column where ``node`` starts: what its neighbours below stand behind."""
        start = node.start_mark.index
        first = node.value[0] if isinstance(node, yaml.MappingNode) else node
        if isinstance(first, tuple):
            start = first[0].start_mark.index
        return " " * (start - line_start(self.source, start))

    def _replace(self, step: _Step, value: object) -> Patch:
        node, parent = step.node, step.parent
        start, end = node.start_mark.index, self._end(node)
        if self._in_flow(step):
            space = "" if self.source[start - 1] in " \n[{," else " "
            return Patch(start, end, space + yaml_writing.flow(value, self.style))
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        lines = yaml_writing.block(value, self.style, quote=style)
        if step.key is not None and parent is not None:
            return self._replace_member(step.key, self._column(parent), (start, end), value, lines)
        margin = " " * (start - line_start(self.source, start))
        space = "" if self.source[start - 1 : start] in ("", " ", "\n") else " "
        return Patch(start, end, space + indented(lines, margin, newline(self.source)))

    def _replace_member(
        self, key: yaml.Node, outer: str, place: tuple[int, int], value: object, lines: list[str]
    ) -> Patch:
        """The value of a key: behind it or on the lines below it, whatever it was before."""
        source, (start, end) = self.source, place
        here = newline(source)
        colon = source.index(":", key.end_mark.index) + 1
        below = "\n" in source[colon:start]
        commented = source[colon:start].strip() != ""
        if yaml_writing.inline(value, self.style):
            text = indented(lines, outer, here)
            if below and commented:
                return Patch(line_start(source, start), end, outer + self.style.step + text)
            return Patch(start, end, text) if start > colon and not below else Patch(colon, end, " " + text)
        margin = outer + self._inner(value)
        text = margin + indented(lines, margin, here)
        if below:
            return Patch(line_start(source, start), end, text)
        # The value moves to the lines below its key; a comment behind it stays where it is.
        stop = line_end(source, end)
        return Patch(colon, stop, source[end:stop].rstrip() + here + text)

    def _inner(self, value: object) -> str:
        return "" if isinstance(value, list) and not self.style.lists_indented else self.style.step

    def _in_flow(self, step: _Step) -> bool:
        """Whether the node stands inside brackets or braces."""
        return bool(step.parent is not None and isinstance(step.parent, yaml.CollectionNode) and step.parent.flow_style)

    def _append(self, step: _Step, value: object) -> Patch:
        node = step.node
        if isinstance(node, yaml.SequenceNode):
            return self._insert(step, None, value)
        if node.tag.startswith("!") or (
            isinstance(node, yaml.MappingNode) and any(_FUNCTION.match(str(key.value)) for key, _ in node.value)
        ):
            raise NotEditable("the list is made by a function")
        if self._text(node) == "":
            return self._replace(step, [value])
        present = yaml.safe_load(self._text(node)) if isinstance(node, yaml.ScalarNode) else None
        if present is None:
            raise NotEditable("the edit appends to what is no list")
        return self._replace(step, [present, value])

    def _insert(self, step: _Step, key: str | None, value: object) -> Patch:
        """``value`` as the last entry of the node."""
        node = step.node
        assert isinstance(node, yaml.CollectionNode)  # noqa: S101 - narrows the type
        if node.flow_style:
            return self._insert_flow(node, key, value)
        last = node.value[-1][1] if isinstance(node.value[-1], tuple) else node.value[-1]
        if self._keeps_blank_lines(last):
            raise NotEditable("the text before it keeps its blank lines")
        margin = self._column(node)
        lines = yaml_writing.block([value] if key is None else {key: value}, self.style)
        place = line_end(self.source, self._end(last))
        end = newline(self.source)
        return Patch(place, place, end + margin + indented(lines, margin, end))

    def _keeps_blank_lines(self, node: yaml.Node) -> bool:
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            node = node.value[-1][1] if isinstance(node.value[-1], tuple) else node.value[-1]
        text = self._text(node)
        return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and "+" in text.split("\n", 1)[0]

    def _insert_flow(self, node: yaml.CollectionNode, key: str | None, value: object) -> Patch:
        quoted = '"' in self.source[node.start_mark.index : node.end_mark.index]
        text = yaml_writing.flow(value if key is None else {key: value}, self.style, quoted=quoted)
        if key is not None:
            text = text[1:-1]
        if not node.value:
            return Patch(node.end_mark.index - 1, node.end_mark.index - 1, text)
        last = node.value[-1][1] if isinstance(node.value[-1], tuple) else node.value[-1]
        place = self._end(last)
        return Patch(place, place, f", {text}")

    def _remove(self, step: _Step) -> Patch:
        parent = step.parent
        assert isinstance(parent, yaml.CollectionNode)  # noqa: S101 - narrows the type
        entries = [entry[0] if isinstance(entry, tuple) else entry for entry in parent.value]
        if len(entries) == 1 and step.above:
            return self._replace(step.above, {} if isinstance(parent, yaml.MappingNode) else [])
        starts = [entry.start_mark.index for entry in entries]
        start, end = starts[step.index], self._end(step.node)
        if parent.flow_style:
            if step.index + 1 < len(entries):
                return Patch(start, starts[step.index + 1], "")
            before = parent.value[step.index - 1]
            return Patch(self._end(before[1] if isinstance(before, tuple) else before), end, "")
        if isinstance(parent, yaml.SequenceNode):
            start = self.source.rindex("-", 0, start)
        begin = line_start(self.source, start)
        if self.source[begin:start].strip(" "):
            # The first key behind a dash: the next one takes its place.
            if step.index + 1 >= len(entries) or isinstance(parent, yaml.SequenceNode):
                raise NotEditable("what the edit removes shares its line with something else")
            return Patch(start, starts[step.index + 1], "")
        stop = line_end(self.source, end)
        return Patch(begin, min(stop + len(newline(self.source)), len(self.source)), "")


def _child(above: _Step, name: Key) -> _Step | None:
    node = above.node
    if isinstance(node, yaml.MappingNode):
        for index, (key, value) in reversed(list(enumerate(node.value))):
            if key.value == str(name):
                return _Step(value, node, key, index, above)
    if isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
        return _Step(node.value[name], node, None, name, above)
    return None


def _shared(root: yaml.Node) -> set[int]:
    """The nodes that several places use, through an anchor, with all that is in them."""
    uses = Counter[int]()
    seen: dict[int, yaml.Node] = {}
    pending = [root]
    while pending:
        node = pending.pop()
        uses[id(node)] += 1
        if id(node) not in seen:
            seen[id(node)] = node
            pending += _inside(node)
    shared: set[int] = set()
    pending = [seen[name] for name, count in uses.items() if count > 1]
    while pending:
        node = pending.pop()
        if id(node) not in shared:
            shared.add(id(node))
            pending += _inside(node)
    return shared


def _inside(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for entry in node.value for part in entry]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _lists_indented(source: str) -> bool:
    """Whether lists stand deeper than the key they belong to; so does the first one written below its key."""
    found = re.search(r"^( *)(?:- )*[^\s#-][^\n]*:[ \t]*\r?\n( *)- ", source, re.MULTILINE)
    return found is None or len(found[2]) > len(found[1])
