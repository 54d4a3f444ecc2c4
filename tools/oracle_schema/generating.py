"""Configurations with and without one mistake, made from the schemas alone.

Nothing is taken from what the packs of constraints were mined with: values are made from types, and what the provider
has against them beyond its schema is left out of the comparison.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema, Kind, Nesting, ProviderSchema, TypeSchema
from onetake.knowledge.terraform.types import Type
from tools.oracle_schema.writing import Body, program

ENORMOUS = ("aws_quicksight_", "aws_wafv2_web_acl", "aws_wafv2_rule_group", "aws_lexv2models_")
"""Types that Terraform takes seconds and gigabytes for."""
DEPTH = 3


@dataclass(frozen=True, slots=True)
class Case:
    """One file, and the mistake that was put into it."""

    name: str
    kind: str
    type: str
    mistake: str
    """Empty where nothing was done."""
    json: bool
    text: str


class Generator:
    """Makes cases, the same for the same seed."""

    def __init__(self, provider: ProviderSchema, seed: int) -> None:
        self._provider = provider
        self._chance = Random(seed)

    def cases(self, number: int) -> Iterator[Case]:
        """So many cases, spread over all types."""
        subjects = [
            (kind, name)
            for kind, names in (
                (Kind.RESOURCE, self._provider.resources),
                (Kind.DATA_SOURCE, self._provider.data_sources),
            )
            for name in sorted(names)
            if not name.startswith(ENORMOUS)
        ]
        self._chance.shuffle(subjects)
        for place in range(number):
            kind, name = subjects[place % len(subjects)]
            yield self._case(f"c{place:05}", kind, self._provider.of(kind)[name])

    def _case(self, name: str, kind: Kind, schema: TypeSchema) -> Case:
        body = self._body(schema.body, DEPTH)
        type_, mistake = schema.name, ""
        if self._chance.random() > 0.2:
            mistake, mutate = self._chance.choice(MISTAKES)
            changed = copy.deepcopy(body)
            if mistake == "unknown type":
                type_ = _misspelt(schema.name, self._chance)
            elif mutate(self._chance, changed, schema.body):
                body = changed
            else:
                mistake = ""
        written = self._chance.random() < 0.3
        word = "data" if kind is Kind.DATA_SOURCE else "resource"
        return Case(name, word, type_, mistake, written, program(word, type_, body, json_syntax=written))

    def _body(self, schema: BlockSchema, depth: int) -> Body:
        body = Body()
        for name, attribute in schema.attributes.items():
            if attribute.required or (attribute.settable and name != "id" and self._chance.random() < 0.25):
                body.arguments[name] = value_of(attribute.type, self._chance)
        for name, nested in schema.blocks.items():
            wanted = nested.minimum or 0
            if not wanted and depth and name != "timeouts" and self._chance.random() < 0.25:
                wanted = 1
            for _ in range(wanted):
                body.blocks.append((name, self._body(nested.body, max(depth - 1, 0))))
            if wanted == 1 and self._chance.random() < 0.1 and nested.nesting in (Nesting.LIST, Nesting.SET):
                body.dynamic.add(name)
        return body


def value_of(type_: Type, chance: Random) -> Any:
    """A value that Terraform can convert to the type."""
    match type_.kind:
        case "string":
            return chance.choice(("x", "a-b", "5", 7, True, 1.5))
        case "number":
            return chance.choice((1, 5, "3", "0.5"))
        case "bool":
            return chance.choice((True, False, "true", "false", "1"))
        case "list" | "set" if type_.element is not None:
            return [value_of(type_.element, chance) for _ in range(chance.choice((0, 1, 1, 2)))]
        case "map" if type_.element is not None:
            return {f"k{place}": value_of(type_.element, chance) for place in range(chance.choice((0, 1, 2)))}
        case "object":
            return {
                name: None if chance.random() < 0.2 else value_of(inner, chance) for name, inner in type_.fields.items()
            }
        case "tuple":
            return [value_of(inner, chance) for inner in type_.elements]
        case _:
            return "x"


def _misspelt(name: str, chance: Random) -> str:
    place = chance.randrange(4, len(name)) if len(name) > 5 else len(name)
    return chance.choice(
        (name[:place] + name[place + 1 :], name[:place] + "z" + name[place:], name + "_extra", name + "s")
    )


Mutation = Callable[[Random, Body, BlockSchema], bool]
"""Puts a mistake into a body; says whether it could."""


def _somewhere(chance: Random, body: Body, schema: BlockSchema) -> tuple[Body, BlockSchema]:
    """A body anywhere inside, with its schema."""
    while body.blocks and chance.random() < 0.5:
        name, inner = chance.choice(body.blocks)
        schema, body = schema.blocks[name].body, inner
    return body, schema


def _unknown_argument(chance: Random, body: Body, schema: BlockSchema) -> bool:
    body, schema = _somewhere(chance, body, schema)
    known = [name for name, one in schema.attributes.items() if one.settable] or ["name"]
    name = _misspelt(chance.choice(known), chance) if chance.random() < 0.7 else chance.choice(("color", "enable_it"))
    if name in schema.names:
        return False
    body.arguments[name] = "x"
    return True


def _unknown_block(chance: Random, body: Body, schema: BlockSchema) -> bool:
    body, schema = _somewhere(chance, body, schema)
    name = _misspelt(chance.choice([*schema.blocks, "settings"]), chance)
    if name in schema.names:
        return False
    body.blocks.append((name, Body({"x": 1})))
    if chance.random() < 0.2:
        body.dynamic.add(name)
    return True


def _missing(chance: Random, body: Body, schema: BlockSchema) -> bool:
    body, schema = _somewhere(chance, body, schema)
    required = [*schema.required]
    if not required:
        return False
    name = chance.choice(required)
    body.arguments.pop(name, None)
    body.blocks = [one for one in body.blocks if one[0] != name]
    return True


def _null(chance: Random, body: Body, schema: BlockSchema) -> bool:
    required = [name for name, one in schema.attributes.items() if one.required]
    if not required:
        return False
    body.arguments[chance.choice(required)] = None
    return True


def _wrong_type(chance: Random, body: Body, schema: BlockSchema) -> bool:
    body, schema = _somewhere(chance, body, schema)
    settable = [one for name, one in schema.attributes.items() if one.settable and name != "id"]
    if not settable:
        return False
    attribute = chance.choice(settable)
    body.arguments[attribute.name] = _unsuitable(attribute, chance)
    return True


def _unsuitable(attribute: AttributeSchema, chance: Random) -> Any:
    wrong: dict[str, Sequence[Any]] = {
        "string": ([], ["x"], {}, {"a": "b"}),
        "number": ("abc", "", True, [1], {"a": 1}, "1x", " 1"),
        "bool": ("yes", "True", "", 1, 0, [True], {}, "FALSE"),
        "list": ("x", 1, True, {"a": "b"}, [["x"]], [{"a": "b"}], ["x", {}]),
        "set": ("x", 1, False, {"a": "b"}, [["x"]], [{"a": "b"}], [{}, "x"]),
        "map": ("x", 1, ["a"], [], {"a": ["x"]}, {"a": {"b": "c"}}),
        "object": ("x", ["a"], {}, {"zzz": 1}),
    }
    return chance.choice(wrong.get(attribute.type.kind, ("x",)))


def _block_as_argument(chance: Random, body: Body, schema: BlockSchema) -> bool:
    if not schema.blocks:
        return False
    name = chance.choice([*schema.blocks])
    body.blocks = [one for one in body.blocks if one[0] != name]
    body.arguments[name] = chance.choice(("x", [], [{}], {}, ["x"], True, None))
    return True


def _argument_as_block(chance: Random, body: Body, schema: BlockSchema) -> bool:
    settable = [name for name, one in schema.attributes.items() if one.settable and name != "id"]
    if not settable:
        return False
    name = chance.choice(settable)
    body.arguments.pop(name, None)
    body.blocks.append((name, Body({})))
    return True


def _too_many(chance: Random, body: Body, schema: BlockSchema) -> bool:
    limited = [(place, one) for place, one in enumerate(body.blocks) if schema.blocks[one[0]].maximum == 1]
    if not limited:
        return False
    place, one = chance.choice(limited)
    body.blocks.insert(place, copy.deepcopy(one))
    return True


def _read_only(chance: Random, body: Body, schema: BlockSchema) -> bool:
    body, schema = _somewhere(chance, body, schema)
    computed = [one for one in schema.attributes.values() if not one.settable]
    if not computed:
        return False
    attribute = chance.choice(computed)
    body.arguments[attribute.name] = value_of(attribute.type, chance)
    return True


MISTAKES: tuple[tuple[str, Mutation], ...] = (
    ("unknown argument", _unknown_argument),
    ("unknown block", _unknown_block),
    ("missing", _missing),
    ("null", _null),
    ("wrong type", _wrong_type),
    ("wrong type", _wrong_type),
    ("block as argument", _block_as_argument),
    ("argument as block", _argument_as_block),
    ("too many blocks", _too_many),
    ("read-only", _read_only),
    ("unknown type", lambda *_: True),
)
