"""Blocks, arguments and names that Terraform does not know where they stand, or misses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from onetake.frontends.lines import Lines
from onetake.frontends.terraform.declarations import Configuration, Mistake
from onetake.frontends.terraform.language import BAD_NAME, NAMED, RESERVED_VARIABLES, SHAPES, TOP, Shape
from onetake.frontends.terraform.sources import OFFSET, NativeSource, TerraformJson
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import Block, Body
from onetake.model.values import Span

_IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
_LABEL = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"{]+')
_RULES = {
    "Unsupported argument": "terraform-unsupported-argument",
    "Missing required argument": "terraform-missing-argument",
}
STRUCTURE = "terraform-invalid-block"
_BACKEND = "A module may have only one backend configuration. The backend was previously configured at {place}."
_REQUIRED = (
    "A module may have only one required providers configuration. The required providers were previously configured at "
    "{place}."
)
_ONCE = {
    "resource": {
        "lifecycle": ("Duplicate lifecycle block", "This resource already has a lifecycle block at {place}."),
        "connection": ("Duplicate connection block", "This resource already has a connection block at {place}."),
    },
    "terraform": {
        "backend": ("Duplicate backend configuration", _BACKEND),
        "required_providers": ("Duplicate required providers configuration", _REQUIRED),
    },
    "check": {
        "data": ("Multiple data resource blocks", "This check block already has a data resource defined at {place}."),
    },
}
"""The blocks that may occur once inside of others, and what is said of a second one."""
NAME = "terraform-invalid-name"


def mistakes(configuration: Configuration) -> Iterator[Mistake]:
    """What is wrong with the shape of the blocks of a folder."""
    for file, source in configuration.sources.items():
        if not file.endswith((".tfvars", ".tfvars.json")):
            if isinstance(source, NativeSource):
                yield from _Native(file, source).mistakes()
            elif isinstance(source, TerraformJson):
                yield from _json(file, source)


class _Native:
    def __init__(self, file: str, source: NativeSource) -> None:
        self.file = file
        self.text = source.text
        self.body = source.body

    def mistakes(self) -> Iterator[Mistake]:
        for argument in self.body.arguments.values():
            yield self._at(
                "Unsupported argument", _unexpected(argument.name, (), ()), argument.start, len(argument.name)
            )
        for block in self.body.blocks:
            labels = TOP.blocks.get(block.type)
            if labels is None:
                yield self._unknown_block(block, TOP, self.body)
            elif len(block.labels) != len(labels):
                yield self._labels(block, labels)
            else:
                yield from self._names(block)
                yield from self._inside(block, block.type, _owner(block))

    def _inside(self, block: Block, kind: str, owner: str) -> Iterator[Mistake]:
        """The arguments and blocks in a block of a known kind."""
        shape = SHAPES.get(kind)
        if shape is None:
            if kind in ("locals", "terraform.required_providers"):
                yield from (self._no_blocks(inner) for inner in block.body.blocks)
            return
        body = block.body
        for name in shape.required:
            if name not in body.arguments:
                detail = f'The argument "{name}" is required, but no definition was found.'
                yield self._at("Missing required argument", detail, block.header_end - 1, 1, owner)
        for name, argument in body.arguments.items():
            if name in shape.reserved:
                what = kind.partition(".")[0]
                summary = f"Reserved argument name in {what} block"
                detail = f'The {what} argument name "{name}" is reserved for use by Terraform in a future version.'
                yield self._at(summary, detail, argument.start, len(name), owner)
            elif name not in shape.arguments and not shape.open:
                detail = _unexpected(name, [one for one in shape.arguments if one not in body.arguments], shape.blocks)
                yield self._at("Unsupported argument", detail, argument.start, len(name), owner)
        for inner in body.blocks:
            yield from self._block(inner, kind, shape, owner, body)
        yield from self._again(body, kind, owner)

    def _block(self, inner: Block, kind: str, shape: Shape, owner: str, around: Body) -> Iterator[Mistake]:
        labels = shape.blocks.get(inner.type)
        if inner.type in shape.reserved:
            detail = f'The block type name "{inner.type}" is reserved for use by Terraform in a future version.'
            summary = f"Reserved block type name in {kind} block"
            yield self._at(summary, detail, inner.start, len(inner.type), owner)
        elif labels is None:
            if not shape.open:
                yield self._unknown_block(inner, shape, around, owner)
        elif len(inner.labels) != len(labels):
            yield self._labels(inner, labels)
        elif inner.type == "postcondition" and kind == "output":
            detail = "Output values can only have preconditions, not postconditions."
            yield self._at("Postconditions are not allowed", detail, inner.start, len(inner.type))
        else:
            yield from self._inside(inner, f"{kind}.{inner.type}", owner)

    def _again(self, body: Body, kind: str, owner: str) -> Iterator[Mistake]:
        """Blocks that may occur once."""
        seen: dict[str, Block] = {}
        for block in body.blocks:
            earlier = seen.setdefault(block.type, block)
            if earlier is block or kind not in _ONCE or block.type not in _ONCE[kind]:
                continue
            place = self._place(earlier)
            summary, detail = _ONCE[kind][block.type]
            length = block.labels_end - block.start
            yield self._at(summary, detail.format(place=place), block.start, length, owner)

    def _place(self, block: Block) -> str:
        found = Lines(self.text).position(block.start, block.labels_end)
        return f"{self.file.rpartition('/')[2]}:{found.line},{found.column}-{found.end_column}"

    def _unknown_block(self, block: Block, shape: Shape, around: Body, owner: str = "") -> Mistake:
        suggestion = meant(block.type, shape.blocks)
        hint = f' Did you mean "{suggestion}"?' if suggestion else ""
        if not hint and block.type in shape.arguments and block.type not in around.arguments:
            hint = f' Did you mean to define argument "{block.type}"? If so, use the equals sign to assign it a value.'
        detail = f'Blocks of type "{block.type}" are not expected here.{hint}'
        return self._at("Unsupported block type", detail, block.start, len(block.type), owner)

    def _no_blocks(self, block: Block) -> Mistake:
        detail = "Blocks are not allowed here."
        return self._at(f'Unexpected "{block.type}" block', detail, block.start, len(block.type))

    def _labels(self, block: Block, names: tuple[str, ...]) -> Mistake:
        count, given, kind = len(names), len(block.labels), block.type
        listed = ", ".join(names)
        if given < count:
            detail = f"All {kind} blocks must have {count} labels ({listed})."
            return self._at(f"Missing {names[given]} for {kind}", detail, block.header_end - 1, 1)
        detail = f"Only {count} labels ({listed}) are expected for {kind} blocks."
        if not names:
            detail = f"No labels are expected for {kind} blocks."
        return self._at(f"Extraneous label for {kind}", detail, *self._label(block, count))

    def _names(self, block: Block) -> Iterator[Mistake]:
        for place, summary in enumerate(NAMED.get(block.type, ())):
            wrong = _misnamed(block.type, block.labels[place])
            if wrong:
                found = self._at(summary, wrong, *self._label(block, place), _owner(block))
                found.rule = NAME
                yield found

    def _label(self, block: Block, place: int) -> tuple[int, int]:
        """Where a label of a block begins, and how long it is."""
        labels = list(_LABEL.finditer(self.text, block.start + len(block.type), block.header_end - 1))
        found = labels[place] if place < len(labels) else None
        return (found.start(), found.end() - found.start()) if found else (block.start, len(block.type))

    def _at(self, summary: str, detail: str, start: int, length: int, resource: str = "") -> Mistake:
        where = Span(self.file, (OFFSET, start, start + length))
        return Mistake(_RULES.get(summary, STRUCTURE), summary, detail, where, resource, stage="init")


def _owner(block: Block) -> str:
    if block.type == "resource":
        return ".".join(block.labels)
    return f"data.{'.'.join(block.labels)}" if block.type == "data" else ""


def _unexpected(name: str, arguments: Iterable[str], blocks: Iterable[str]) -> str:
    suggestion = meant(name, arguments)
    hint = f' Did you mean "{suggestion}"?' if suggestion else ""
    if not hint and name in blocks:
        hint = f' Did you mean to define a block of type "{name}"?'
    return f'An argument named "{name}" is not expected here.{hint}'


def _misnamed(kind: str, name: str) -> str:
    """Why ``name`` is none, if it is none."""
    if not _IDENTIFIER.fullmatch(name):
        return BAD_NAME
    if kind == "variable" and name in RESERVED_VARIABLES:
        return f'The variable name "{name}" is reserved due to its special meaning inside module blocks.'
    return ""


def _json(file: str, source: TerraformJson) -> Iterator[Mistake]:
    data = source.data
    if not isinstance(data, dict):
        return
    for kind, value in data.items():
        for path, labels, body in _bodies(value, len(TOP.blocks.get(kind, ())), (kind,)):
            for place, summary in enumerate(NAMED.get(kind, ())):
                wrong = _misnamed(kind, labels[place])
                if wrong:
                    where = Span(file, path[: 2 + place])
                    yield Mistake(NAME, summary, wrong, where, stage="init")
            yield from _json_body(file, body, kind, path)


def _bodies(
    value: object, labels: int, path: tuple[str | int, ...], names: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...], Mapping[str, object]]]:
    """The bodies of a block type in JSON, with their paths and labels."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _bodies(item, labels, (*path, number), names)
    elif isinstance(value, dict) and labels > len(names):
        for name, inner in value.items():
            if name != "//":
                yield from _bodies(inner, labels, (*path, name), (*names, name))
    elif isinstance(value, dict):
        yield path, names, value


def _json_body(file: str, body: Mapping[str, object], kind: str, path: tuple[str | int, ...]) -> Iterator[Mistake]:
    shape = SHAPES.get(kind)
    if shape is None:
        return
    for name in shape.required:
        if name not in body:
            detail = f'The argument "{name}" is required, but no definition was found.'
            yield Mistake(
                "terraform-missing-argument", "Missing required argument", detail, Span(file, path), stage="init"
            )
    for name, inner in body.items():
        where = Span(file, (*path, name))
        if name in shape.blocks:
            for place, _, below in _bodies(inner, len(shape.blocks[name]), (*path, name)):
                yield from _json_body(file, below, f"{kind}.{name}", place)
        elif name not in shape.arguments and not shape.open and name != "//":
            suggestion = meant(name, [one for one in (*shape.arguments, *shape.blocks) if one not in body])
            hint = f' Did you mean "{suggestion}"?' if suggestion else ""
            detail = f'No argument or block type is named "{name}".{hint}'
            yield Mistake(STRUCTURE, "Extraneous JSON object property", detail, where, stage="init")
