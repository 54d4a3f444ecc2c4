"""YAML text as plain data, with the place of every value; read without recursion, so depth cannot hurt.

Tags are written out as CloudFormation's long forms: ``!Ref Queue`` reads as ``{"Ref": "Queue"}`` and
``!GetAtt Queue.Arn`` as ``{"Fn::GetAtt": ["Queue", "Arn"]}``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onetake.frontends.files import Limits
from onetake.frontends.yaml_scalars import scalar
from onetake.model.findings import Position
from onetake.model.records import field, record
from onetake.model.values import Key

_STANDARD = "tag:yaml.org,2002:"
_PLAIN_NAMES = {"!Ref": "Ref", "!Condition": "Condition", "!Rules": "Rules"}


class YamlProblem(Exception):
    """The text is not YAML, or asks for too much; ``line`` and ``column`` from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@record(frozen=False)
class _Node:
    data: Any
    start: Any
    end: Any
    size: int = 1
    depth: int = 1
    function: str = ""
    block: bool = False
    """Written by indentation: such a collection has no end of its own."""
    items: list[_Node] | None = None
    members: dict[str, tuple[Any, _Node]] | None = None


@record(frozen=False)
class _Open:
    """A collection whose end has not been read."""

    event: Any
    items: list[_Node] | None
    members: dict[str, tuple[Any, _Node]] | None
    key: Any = None
    merged: list[_Node] = field(default_factory=list)


class YamlSource:
    """A YAML file of one document.

    Raises:
        YamlProblem: it is not YAML, or exceeds one of the ``limits``.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._anchors: dict[str, _Node] = {}
        self.repeated: list[tuple[tuple[Key, ...], str, Position]] = []
        """Keys that occur twice in one mapping: the mapping's path, the key, where it stands again."""
        self.aliases: list[Position] = []
        """Where anchors are used."""
        self._root = self._read()

    @property
    def text(self) -> str:
        """The whole file."""
        return self._text

    @property
    def data(self) -> Any:
        """The document as dictionaries, lists and scalars; aliased parts are the same objects."""
        return self._root.data if self._root else None

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        """Where the member at ``path`` stands, key and value; as far along the path as it is written out."""
        node = self._root
        if node is None:
            return None
        start = node.start
        for key in path:
            step = _step(node, key)
            if step is None:
                break
            mark, node = step
            start = mark or start
        return self._position(start, _end(node))

    def _position(self, start: Any, end: Any) -> Position:
        line, column = end.line, end.column
        if column == 0 and line > start.line:
            # Block scalars end at the start of the line behind them: step back to their last character.
            lines = self._text.splitlines()
            line = min(line - 1, len(lines) - 1)
            while line > start.line and not lines[line].strip():
                line -= 1
            column = len(lines[line].rstrip())
        return Position(start.line + 1, start.column + 1, line + 1, column + 1)

    def _read(self) -> _Node | None:
        import yaml

        try:
            return self._compose(_events(self._text))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise YamlProblem(error.problem or error.context or "it is not YAML", *place) from error
        except yaml.YAMLError as error:
            raise YamlProblem(str(error).splitlines()[0], 1, 1) from error

    def _compose(self, following: Callable[[], Any]) -> _Node | None:
        import yaml

        opened: list[_Open] = []
        root: _Node | None = None
        total = 0
        while True:
            event = following()
            if isinstance(event, yaml.StreamEndEvent):
                return root
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _problem(event, "it holds more than one document")
            node = self._node(event, opened)
            if node is None:
                continue
            total += node.size if isinstance(event, yaml.AliasEvent) else 1
            if total > self._limits.nodes or len(opened) + node.depth > self._limits.depth + 1:
                raise _problem(event, "its aliases expand to too much")
            if opened:
                self._add(opened, event, node)
            else:
                root = node

    def _node(self, event: Any, opened: list[_Open]) -> _Node | None:
        """The value that ``event`` completes, if it completes one."""
        import yaml

        kind = type(event)
        if kind is yaml.ScalarEvent:
            node = _scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            mapping = kind is yaml.MappingStartEvent
            opened.append(_Open(event, None if mapping else [], {} if mapping else None))
            if len(opened) > self._limits.depth:
                raise _problem(event, f"it is nested deeper than {self._limits.depth} levels")
            return None
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            done = opened.pop()
            node = _collection(done, event)
            event = done.event
        elif kind is yaml.AliasEvent:
            return self._alias(event)
        else:
            return None
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: Any) -> _Node:
        found = self._anchors.get(event.anchor)
        if found is None:
            raise _problem(event, f"the alias *{event.anchor} has no anchor before it")
        self.aliases.append(Position(event.start_mark.line + 1, event.start_mark.column + 1, *_behind(event.end_mark)))
        return _Node(
            found.data,
            event.start_mark,
            event.end_mark,
            found.size,
            found.depth,
            found.function,
            items=found.items,
            members=found.members,
        )

    def _add(self, opened: list[_Open], event: Any, node: _Node) -> None:
        top = opened[-1]
        if top.items is not None:
            top.items.append(node)
        elif top.key is None:
            if node.items is not None or node.members is not None:
                raise YamlProblem("a key that is no text", node.start.line + 1, node.start.column + 1)
            top.key = event
        elif top.members is not None:
            key, top.key = top.key, None
            name = key.value
            if name == "<<" and not key.style:
                top.merged += node.items or [node]
                return
            if name in top.members:
                mark = key.start_mark
                place = Position(mark.line + 1, mark.column + 1, *_behind(key.end_mark))
                self.repeated.append((_path(opened), name, place))
            top.members[name] = (key.start_mark, node)


def _behind(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _path(opened: list[_Open]) -> tuple[Key, ...]:
    """The keys that lead to the collection opened last."""
    return tuple(one.key.value if one.items is None else len(one.items) for one in opened[:-1])


def _problem(event: Any, message: str) -> YamlProblem:
    return YamlProblem(message, event.start_mark.line + 1, event.start_mark.column + 1)


def _events(text: str) -> Callable[[], Any]:
    """The parser's events, one by one: libyaml's where PyYAML was built with it."""
    import yaml

    try:
        from yaml._yaml import CParser
    except ImportError:
        from yaml.parser import Parser
        from yaml.reader import Reader
        from yaml.scanner import Scanner

        class Slow(Reader, Scanner, Parser):
            """PyYAML's own parser."""

            def __init__(self, stream: str) -> None:
                Reader.__init__(self, stream)
                Scanner.__init__(self)
                Parser.__init__(self)

        parser: Any = Slow(text)
    else:
        try:
            parser = CParser(text)
        except UnicodeEncodeError as error:
            raise yaml.YAMLError("it holds characters that are not text") from error
    following: Callable[[], Any] = parser.get_event
    return following


def _scalar(event: Any) -> _Node:
    tag = event.tag
    if tag is None or tag == "!" or tag.startswith(_STANDARD):
        plain = not event.style and tag is None
        data = scalar(event.value) if plain or (tag and tag != "!" and not tag.endswith(":str")) else event.value
        return _Node(data, event.start_mark, event.end_mark)
    function = _function(tag)
    # The text behind a tag is text, but for the few functions whose arguments are numbers or flags.
    argument: Any = event.value
    if function == "Fn::GetAtt":
        target, dot, attribute = event.value.partition(".")
        argument = [target, attribute] if dot else [target]
    return _Node({function: argument}, event.start_mark, event.end_mark, function=function)


def _function(tag: str) -> str:
    return _PLAIN_NAMES.get(tag) or f"Fn::{tag.lstrip('!')}"


def _collection(done: _Open, event: Any) -> _Node:
    start = done.event.start_mark
    inner: list[_Node]
    data: Any
    if done.items is not None:
        inner = done.items
        data = [item.data for item in inner]
        node = _Node(data, start, event.end_mark, block=not done.event.flow_style, items=inner)
    else:
        members = done.members or {}
        for merged in done.merged:
            for key, member in (merged.members or {}).items():
                members.setdefault(key, member)
        inner = [member for _, member in members.values()]
        data = {key: member.data for key, (_, member) in members.items()}
        node = _Node(data, start, event.end_mark, block=not done.event.flow_style, members=members)
    for item in inner:
        node.size += item.size
        if item.depth >= node.depth:
            node.depth = item.depth + 1
    tag = done.event.tag
    if tag and tag != "!" and not tag.startswith(_STANDARD):
        node.function = _function(tag)
        node.data = {node.function: data}
    return node


def _step(node: _Node, key: Key) -> tuple[Any, _Node] | None:
    """The member of ``node`` at ``key``, with the mark of its key; the node itself behind its tag."""
    if node.function and node.function == key:
        bare = _Node(None, node.start, node.end, block=node.block, items=node.items, members=node.members)
        return None, bare
    if node.function:
        return None
    if isinstance(key, str):
        return (node.members or {}).get(key)
    items = node.items or []
    return (items[key].start, items[key]) if 0 <= key < len(items) else None


def _end(node: _Node) -> Any:
    """Where ``node`` ends. The parser ends a block collection only at what follows it: its last member's end counts."""
    while True:
        last: _Node | None = None
        if node.members and node.block:
            last = max((member for _, member in node.members.values()), key=lambda one: one.start.index)
        elif node.items and node.block:
            last = node.items[-1]
        if last is None:
            return node.end
        node = last
