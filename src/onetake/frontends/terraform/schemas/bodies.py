"""The body of a block against its schema: which names stand in it, in which form, how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onetake.frontends.terraform.references import uses
from onetake.frontends.terraform.schemas import problems
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.syntax.nodes import Dynamic, Literal, Node, Object, Tuple
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema, NestedBlock
from onetake.knowledge.terraform.types import Type
from onetake.model.records import record
from onetake.model.values import Span

Fields = Mapping[str, Node]
_JSON_BLOCKS = (
    'Either a JSON object or a JSON array is required, representing the contents of one or more "{name}" blocks.'
)
_JSON_ITEM = "Either a JSON object or JSON array of objects is required here, to define arguments and child blocks."
_JSON_BODY = "A JSON object is required here, to define arguments and child blocks."


def takes_blocks(attribute: AttributeSchema) -> bool:
    """Whether the argument may also be written as blocks: lists and sets of objects, for providers of old."""
    element = attribute.type.element
    return attribute.type.kind in ("list", "set") and element is not None and element.kind == "object"


def written_as_blocks(node: Node) -> bool:
    """Whether native syntax wrote it as blocks."""
    return (
        isinstance(node, Tuple)
        and bool(node.items)
        and all(isinstance(item, Dynamic) or (isinstance(item, Object) and item.block) for item in node.items)
    )


def fields_of(body: Object) -> Fields:
    """What stands in a nested block."""
    return {str(key.value): node for key, node in body.items if isinstance(key, Literal)}


def whole(body: Object) -> bool:
    """Whether every name in it is written out."""
    return all(isinstance(key, Literal) for key, _ in body.items)


@record
class Place:
    """Where a body stands: its path in the file, and in the words of the provider."""

    where: Span
    json: bool
    path: str = ""
    framework: bool = False
    type: str = ""
    """The resource type, in the body that is its own."""
    managed: bool = False
    """Whether it is of a resource, not a data source or the provider."""

    def admits(self, name: str) -> bool:
        """Whether an optional argument may really be given: the older SDK adds an ``id`` to every resource."""
        return not (name == "id" and self.managed and not self.path and not self.framework)

    def inside(self, name: str, number: int, where: Span) -> Place:
        """The place of a nested block."""
        return Place(where, self.json, f"{self.path}{name}.{number}.", self.framework, managed=self.managed)


def judge_body(
    fields: Fields, schema: BlockSchema, place: Place, skipped: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Everything wrong with the names in a body; ``skipped`` are those that Terraform reads itself."""
    for name, node in fields.items():
        if name in skipped:
            continue
        attribute = schema.attributes.get(name)
        if attribute is not None:
            yield from _argument(attribute, node, schema, fields, place)
            continue
        nested = schema.blocks.get(name)
        if nested is None:
            yield _unknown(name, node, schema, fields, place)
        elif place.json:
            yield from _json_blocks(nested, node, place)
        elif written_as_blocks(node):
            yield from _native_blocks(nested, node, place)
        else:
            yield _as_argument(name, schema, fields, place)
    for name, minimum in schema.required.items():
        attribute = schema.attributes.get(name)
        if name in fields and (place.json or _in_form(attribute, fields[name])):
            continue
        if attribute is not None:
            yield problems.missing_argument(name, place.where)
        else:
            yield problems.too_few(name, minimum, place.where)


def _in_form(attribute: AttributeSchema | None, node: Node) -> bool:
    """Whether native syntax wrote a name as what it is: what has the wrong form counts as missing, too."""
    blocks = written_as_blocks(node)
    return blocks if attribute is None else not blocks or takes_blocks(attribute)


def _argument(
    attribute: AttributeSchema, node: Node, schema: BlockSchema, fields: Fields, place: Place
) -> Iterator[Problem]:
    name = attribute.name
    if attribute.type.kind == "dynamic":
        return  # bindings fold the deepest blocks into values of any kind, which may be blocks
    if not place.json and written_as_blocks(node):
        if takes_blocks(attribute) and attribute.type.element is not None:
            yield from _object_blocks(name, attribute.type.element, node, place)
        else:
            yield _as_block(name, schema, fields, place)
            return
    null = isinstance(node, Literal) and node.value is None
    if not null and not (attribute.settable and place.admits(name)):
        if place.path and not place.framework and any(uses((node,))):
            return  # inside blocks the older SDK lets pass what is not known, and it may be null
        yield problems.read_only(name, place.path + name, place.where / name, framework=place.framework)
    elif null and attribute.required:
        yield problems.null_argument(place.path + name, place.where / name, framework=place.framework)
    elif not null and attribute.deprecated:
        yield _deprecated(name, "argument", place.where / name)


def _deprecated(name: str, what: str, where: Span) -> Problem:
    from onetake.model.findings import Severity

    return Problem(
        problems.ARGUMENT_DEPRECATED,
        where,
        "",
        "",
        f'sets the {what} "{name}", which the provider is going to remove',
        f"Look in the provider's documentation for what replaces {name}.",
        severity=Severity.LOW,
    )


def _unknown(name: str, node: Node, schema: BlockSchema, fields: Fields, place: Place) -> Problem:
    from onetake.frontends.terraform.schemas.names import advice

    block = not place.json and written_as_blocks(node)
    dynamic = isinstance(node, Tuple) and any(isinstance(item, Dynamic) for item in node.items)
    summary, detail = problems.words_of_unknown(
        name, schema, fields, json=place.json, block=block or dynamic, dynamic=dynamic
    )
    found = advice(name, schema, place.type)
    what = "block" if block or dynamic else "argument"
    rule = problems.BLOCK_UNKNOWN if block or dynamic else problems.ARGUMENT_UNKNOWN
    return Problem(rule, place.where / name, summary, detail, f'has no {what} "{name}"{found.hint}', found.fix)


def _as_argument(name: str, schema: BlockSchema, fields: Fields, place: Place) -> Problem:
    words = problems.words_of_unknown(name, schema, fields, json=False, block=False)
    return Problem(
        problems.ARGUMENT_UNKNOWN,
        place.where / name,
        *words,
        f'gives "{name}" with an equals sign, but it is a block',
        f"Write {name} {{ ... }}, once for each element.",
    )


def _as_block(name: str, schema: BlockSchema, fields: Fields, place: Place) -> Problem:
    words = problems.words_of_unknown(name, schema, fields, json=False, block=True)
    return Problem(
        problems.BLOCK_UNKNOWN,
        place.where / name,
        *words,
        f'writes "{name}" as a block, but it is an argument',
        f"Write {name} = ...",
    )


def _native_blocks(nested: NestedBlock, node: Node, place: Place) -> Iterator[Problem]:
    assert isinstance(node, Tuple)  # noqa: S101 - asked for by the caller
    if nested.body.deprecated:
        yield _deprecated(nested.name, "block", place.where / nested.name)
    dynamic = False
    count = 0
    for item in node.items:
        if isinstance(item, Dynamic):
            dynamic = True
            yield from _dynamic(nested, item, count, place)
        elif isinstance(item, Object):
            here = place.where / nested.name / count
            yield from judge_body(fields_of(item), nested.body, place.inside(nested.name, count, here))
            count += 1
    yield from counted(nested, count, place, certain=not dynamic)


def counted(nested: NestedBlock, count: int, place: Place, *, certain: bool) -> Iterator[Problem]:
    """Too few or too many blocks; ``certain`` when ``count`` is all of them, not the least that there are."""
    if nested.maximum and count > nested.maximum:
        where = place.where / nested.name
        yield problems.too_many(nested.name, nested.maximum, where if place.json else where / nested.maximum)
    if certain and nested.minimum and count < nested.minimum:
        yield problems.too_few(nested.name, nested.minimum, place.where)


def _dynamic(nested: NestedBlock, item: Dynamic, count: int, place: Place) -> Iterator[Problem]:
    if not whole(item.content):
        return
    where = Span(place.where.file, (*place.where.path, "dynamic", item.type, "content"))
    yield from judge_body(fields_of(item.content), nested.body, place.inside(nested.name, count, where))


def _json_blocks(nested: NestedBlock, node: Node, place: Place) -> Iterator[Problem]:
    where = place.where / nested.name
    if not isinstance(node, (Tuple, Object)) and not _is_null(node):
        yield _json(_JSON_BLOCKS.format(name=nested.name), nested.name, where)
        return
    items = node.items if isinstance(node, Tuple) else (node,)
    count, dynamic = 0, False
    for number, item in enumerate(items):
        if isinstance(item, Dynamic):
            dynamic = True
            yield from _dynamic(nested, item, count, place)
        elif not _is_null(item):
            here = where / number if isinstance(node, Tuple) else where
            yield from _json_block(nested, item, place.inside(nested.name, count, here))
            count += 1
    yield from counted(nested, count, place, certain=not dynamic)


def _json_block(nested: NestedBlock, item: Node, there: Place) -> Iterator[Problem]:
    if isinstance(item, Object):
        if whole(item):
            yield from judge_body(fields_of(item), nested.body, there)
    elif not isinstance(item, Tuple):
        yield _json(_JSON_ITEM, nested.name, there.where)
    elif not all(isinstance(inner, Object) for inner in item.items):
        yield _json(_JSON_BODY, nested.name, there.where)


def _is_null(node: Node) -> bool:
    return isinstance(node, Literal) and node.value is None


def _json(detail: str, name: str, where: Span) -> Problem:
    return Problem(
        problems.ARGUMENT_TYPE,
        where,
        "Incorrect JSON value type",
        detail,
        f'gives "{name}" a plain value, but it is a block',
        f"Give {name} an object, or a list of objects.",
    )


def _object_blocks(name: str, element: Type, node: Node, place: Place) -> Iterator[Problem]:
    """Blocks for an argument that is a list of objects: what is not written in them counts as null."""
    assert isinstance(node, Tuple)  # noqa: S101 - asked for by the caller
    schema = BlockSchema({key: AttributeSchema(key, inner, optional=True) for key, inner in element.fields.items()}, {})
    count = 0
    for item in node.items:
        if isinstance(item, Dynamic):
            where = Span(place.where.file, (*place.where.path, "dynamic", item.type, "content"))
            if whole(item.content):
                yield from judge_body(fields_of(item.content), schema, place.inside(name, count, where))
        elif isinstance(item, Object):
            here = place.where / name / count
            yield from judge_body(fields_of(item), schema, place.inside(name, count, here))
            count += 1
