"""Probing a provider and reading its answers: on recorded texts, and against the real one where it is."""

import json
import os
import random
import re
from pathlib import Path
from typing import Any, cast

import pytest

from onetake.knowledge import shelf
from onetake.knowledge.pack import Pack
from onetake.knowledge.packing import packed
from onetake.knowledge.terraform import constraints as access
from onetake.knowledge.terraform.judging import violation
from onetake.knowledge.terraform.probes import ENORMOUS, NUMBERS, STRINGS
from onetake.knowledge.terraform.rendering import quoted
from onetake.knowledge.terraform.schema import (
    AttributeSchema,
    BlockSchema,
    Kind,
    NestedBlock,
    Nesting,
    ProviderSchema,
    TypeSchema,
)
from onetake.knowledge.terraform.types import Type, parse
from onetake.providers.client import Provider
from onetake.providers.messages import Diagnostic
from onetake.providers.mining import kinds
from onetake.providers.mining.answers import file_of, probed
from onetake.providers.mining.constraints import draft
from onetake.providers.mining.filling import Filling, filled, leaves, surrounded, value
from onetake.providers.mining.places import leaf_type, placed
from onetake.providers.mining.probing import Prober, covering
from onetake.providers.mining.reading import corrected, keyed, read
from onetake.providers.mining.relations import relations
from onetake.providers.mining.rounds import ROUNDS, rounds_for
from onetake.providers.process import ProviderFailure

VERSION = "5.100.0"


def attribute(name: str, type_: str | list[Any] = "string", **flags: bool) -> AttributeSchema:
    return AttributeSchema(name, parse(type_), **({"optional": True} | flags))


def body(*attributes: AttributeSchema, **blocks: tuple[Nesting, BlockSchema]) -> BlockSchema:
    nested = {name: NestedBlock(name, nesting, inner) for name, (nesting, inner) in blocks.items()}
    return BlockSchema({one.name: one for one in attributes}, nested)


RULE = body(attribute("name"), attribute("days", "number"))
BODY = body(
    attribute("mode"),
    attribute("other"),
    attribute("zones", ["set", "string"]),
    attribute("tags", ["map", "string"]),
    attribute("steps", ["list", ["object", {"at": "number"}]]),
    attribute("id", computed=True),
    rule=(Nesting.LIST, RULE),
    group=(Nesting.SET, RULE),
)


def test_paths_become_names():
    assert placed(("rule", 0, "name"), BODY) == ("rule", "name")
    assert placed(("zones", 3), BODY) == ("zones", "*")
    assert placed(("tags", "Name"), BODY) == ("tags", "*")
    assert placed(("steps", 0, "at"), BODY) == ("steps", "at")
    assert placed(("nothing", 1), BODY) == ("nothing", "1")
    assert leaf_type(("steps", "at"), BODY) == Type("number")
    assert leaf_type(("zones", "*"), BODY) == Type("string")
    assert leaf_type(("rule",), BODY) is None
    assert leaf_type(("rule", "none"), BODY) is None


def test_everything_wanted_is_filled_and_the_rest_is_null():
    fill = Filling("x", 7, True, 2)
    chosen = surrounded({("rule", "name"), ("steps",), ("tags",)})

    made = filled(BODY, fill, chosen.__contains__)

    assert made["rule"] == [{"name": "x", "days": None}]
    assert made["group"] == []
    assert made["mode"] is None
    assert made["tags"] == {"key0": "x0", "key1": "x1"}
    assert made["steps"] == [{"at": 7}, {"at": 7}]
    assert value(parse(["list", ["list", "number"]]), fill) == [[7], [7]]
    assert len(list(leaves(BODY))) == 10


def test_texts_name_their_argument_in_several_ways():
    at = ("rule", "name")
    assert keyed((True, "expected rule.0.name to be one of", ""), at)[1] == "expected {key} to be one of"
    assert keyed((True, "expected name to be one of", ""), at)[1] == "expected {name} to be one of"
    assert keyed((True, "Bad", "Attribute rule[0].name value"), at)[2] == "Attribute {path} value"
    assert keyed((True, '"port" is no valid port', ""), ("port",))[1] == '"{key}" is no valid port'


def test_the_text_wins_where_the_path_is_a_neighbours():
    assert corrected(("rule", "days"), (True, "expected rule.0.name to be", ""), BODY) == ("rule", "name")
    assert corrected(("rule", "days"), (True, "expected name to be one of", ""), BODY) == ("rule", "name")
    assert corrected(("rule", "days"), (True, "something else", ""), BODY) == ("rule", "days")


@pytest.mark.parametrize(
    ("summary", "detail", "kind", "given"),
    [
        ('expected {key} to be one of ["a" "b\\"c"], got {value}', "", "enum", {"members": ("a", 'b"c')}),
        ("Invalid String Enum Value", "x\n\nPath: {path}\nGiven Value: {value}\nValid Values: [A B]", "enum",
         {"members": ("A", "B")}),
        ("expected {key} to be in the range (60 - 6000), got {value}", "", "range", {"minimum": 60, "maximum": 6000}),
        ("expected {key} to be in the range (1.000000 - 99.500000), got {float}", "", "range",
         {"minimum": 1, "maximum": 99.5}),
        ("expected length of {key} to be in the range (1 - 64), got {value}", "", "length",
         {"minimum": 1, "maximum": 64, "unit": "bytes"}),
        ("Invalid Attribute Value Length", "Attribute {path} UTF-8 character count must be at most 5, got: 18",
         "length", {"maximum": 5, "unit": "characters"}),
        ("Invalid Attribute Value", "Attribute {path} list must contain at most 1 elements, got: 210", "items",
         {"maximum": 1}),
        ('expected value of {key} to match regular expression "^[245]\\\\d\\\\d$", got {value}', "", "pattern",
         {"pattern": r"^[245]\d\d$"}),
        ("{quoted} is not a valid IPv4 CIDR block", "", "cidr_version", {"minimum": 4}),
        ("Invalid or unknown key", "", "not_settable", {}),
        ("something else", "", "format", {}),
    ],
)  # fmt: skip
def test_texts_are_understood(summary, detail, kind, given):
    found, parameters, _ = kinds.parsed((True, summary, detail))
    assert (found, parameters) == (kind, given)


def test_what_differs_from_value_to_value_is_a_reason():
    text = (True, "Bad", "Attribute {path} string length must be between 1 and 18, got: 18")
    assert kinds.parsed(text)[2][2] == "Attribute {path} string length must be between 1 and 18, got: {reason}"
    assert kinds.parsed((True, '"{key}" ({value}) is an invalid ARN: arn: bad', ""))[2][1].endswith("ARN: {reason}")


def test_recurring_blocks_are_probed_once_where_they_are_least_deep():
    inner = body(attribute("x"))
    outer = body(attribute("y"), deep=(Nesting.LIST, inner))
    recurring = body(one=(Nesting.LIST, outer), two=(Nesting.LIST, inner), three=(Nesting.LIST, outer))
    assert set(covering(recurring)) == {("one",), ("two",)}


class Scripted:
    """A provider with a few rules of its own, in the words of real ones."""

    def __init__(self) -> None:
        self.calls = 0

    def validate(self, _kind: Kind, _type: str, config: dict[str, Any]) -> tuple[Diagnostic, ...]:
        self.calls += 1
        return tuple(self._said(config))

    def _said(self, config: dict[str, Any]) -> Any:
        if config["mode"] == ENORMOUS:
            raise ProviderFailure("it crashed")
        if config["mode"] is not None and config["other"] is not None:
            words = '"mode": conflicts with other'
            yield Diagnostic(True, "Conflicting configuration arguments", words, ("mode",))
        elif config["mode"] is not None and config["mode"] not in ("a", "b"):
            text = f'expected mode to be one of ["a" "b"], got {config["mode"]}'
            yield Diagnostic(True, text, "", ("mode",))
        for number, rule in enumerate(config["rule"]):
            if rule["days"] is not None and not 1 <= rule["days"] <= 9:
                text = f"expected rule.{number}.days to be in the range (1 - 9), got {rule['days']}"
                # The path is a neighbour's, as it happens with real ones.
                yield Diagnostic(True, text, "", ("rule", number, "name"))
        for group in config["group"]:
            if group["name"] == "a":
                yield Diagnostic(True, "invalid value for group.123.name (must not be a)", "", ("group",))
        if len(config["group"]) > 1:
            text = f"Attribute group set must contain at most 1 elements, got: {len(config['group'])}"
            yield Diagnostic(True, "Invalid Attribute Value", text, ("group",))
        if not config["zones"]:
            yield Diagnostic(
                True, "Missing required argument", '"zones": one of `zones,tags` must be specified', ("zones",)
            )


@pytest.fixture
def scripted() -> tuple[ProviderSchema, dict[str, Any]]:
    schema = TypeSchema(Kind.RESOURCE, "aws_x", BODY)
    whole = ProviderSchema("1.0.0", TypeSchema(Kind.PROVIDER, "aws", body()), {"aws_x": schema}, {}, {})
    answers = Prober(cast("Provider", Scripted()), schema).answers()
    return whole, answers


def test_the_rules_of_a_provider_are_found(scripted, tmp_path, monkeypatch):
    schemas, answers = scripted
    meta, frames = draft(schemas, [answers], {"name": "scripted"})
    (tmp_path / "terraform-aws-constraints-1.0.0.pack").write_bytes(packed(meta, frames))
    found = access.Reader(Pack(tmp_path / "terraform-aws-constraints-1.0.0.pack")).of(Kind.RESOURCE, "aws_x")

    (mode,) = found.at(("mode",))
    assert (mode.kind, mode.members, mode.exact) == ("enum", ("a", "b"), True)
    (days,) = (one for one in found.at(("rule", "days")))
    assert (days.kind, days.minimum, days.maximum) == ("range", 1, 9)
    assert found.at(("rule", "name")) == ()
    (name,) = found.at(("group", "name"))
    assert violation(name, "a", ("group", 0, "name")) is not None
    assert violation(name, "b", ("group", 0, "name")) is None
    assert [one.maximum for one in found.at(("group",))] == [1]
    assert {one.kind for one in found.relations} == {"conflicts", "at_least_one_of"}
    assert meta["counts"]["crashes_and_timeouts"] == 1
    assert frames["resource/aws_x"]["t"] == ["it crashed"]


def test_the_same_answers_make_the_same_bytes(scripted):
    schemas, answers = scripted
    again = dict(reversed(answers.items()))
    assert packed(*draft(schemas, [answers], {})) == packed(*draft(schemas, [again], {}))


def test_answers_that_are_there_are_not_asked_for_again(scripted, tmp_path):
    schemas, _ = scripted
    for kind in (Kind.RESOURCE, Kind.PROVIDER):
        (schema,) = schemas.of(kind).values()
        file_of(tmp_path, schema).write_text(
            json.dumps({"name": schema.name, "folds": {}, "lone": True, "fields": True})
        )
    assert [one["name"] for one in probed(Path("none"), schemas, tmp_path)] == ["aws_x", "aws"]


class Lonely:
    """A provider whose argument ``name`` needs ``size`` beside it."""

    def validate(self, _kind, _name, config):
        if config["name"] is None or config["size"] is not None:
            return ()
        words = '"name": all of `name,size` must be specified'
        return (Diagnostic(True, "Missing required argument", words, ("name",)), Diagnostic(True, "x", "", ("name",)))


def test_what_an_argument_needs_is_asked_with_the_argument_alone():
    schema = body(attribute("name"), attribute("size"))
    answers: dict[str, Any] = {"texts": [[False, "known", ""]], "calls": [], "trouble": [], "large": False}
    Prober(cast("Provider", Lonely()), TypeSchema(Kind.RESOURCE, "aws_x", schema)).alone(answers)
    assert answers["lone"] is True
    (call,) = answers["calls"]
    assert call == {"stage": "lone", "leaves": ["name"], "found": [[1, "name"]]}
    (row,) = relations(read(answers, schema), schema)
    assert row[:3] == ("required_with", ["name"], ["name", "size"])


PACK = shelf.pack(access.CONSTRAINTS + VERSION)


@pytest.mark.skipif(PACK is None, reason=f"there is no pack of constraints of {VERSION}")
def test_the_pack_predicts_what_the_provider_says(provider, schemas):
    """2,000 random arguments, each with a random probe and nothing beside it.

    Some three in a thousand are told differently, most of them arguments that the provider only looks at beside
    another one; one in a hundred is more than chance does.
    """
    assert PACK is not None
    chance = random.Random(os.environ.get("PYTEST_XDIST_TESTRUNUID", "") or 11)
    keys = [key for key in PACK if key.startswith(("resource/", "data/")) and not PACK.load(key).get("t")]
    wrong, asked = [], 0
    while asked < 2000:
        kind, name = chance.choice(keys).split("/", 1)
        schema = schemas.of(Kind(kind))[name]
        if len(schema.body.blocks) > 12:
            continue
        found = access.constraints(name, VERSION, Kind(kind))
        # Once for a type: some have a hundred thousand, and their blocks may repeat each other.
        all_leaves = frozenset(leaf for leaf, _ in leaves(schema.body))
        some = [place for place in found.paths() if _probable(place, schema.body, all_leaves)]
        if not some:
            continue
        place = chance.choice(some)
        given = chance.choice(list(_values(leaf_type(place, schema.body))))
        said, predicted = _said(provider, schema, place, given), _predicted(found, place, given)
        asked += 1
        if not _alike(said, predicted):
            wrong.append((name, place, given[:40] if isinstance(given, str) else given, said, predicted))
    assert len(wrong) <= 20, wrong[:5]


def _probable(place: tuple[str, ...], schema: BlockSchema, all_leaves: frozenset[tuple[str, ...]]) -> bool:
    type_ = leaf_type(place, schema)
    whole = place[:-1] if place[-1] == "*" else place
    inside_object = whole not in all_leaves
    return type_ is not None and type_.kind in ("string", "number") and not inside_object


def _values(type_: Type | None) -> Any:
    rounds = rounds_for(type_)
    numbers = dict(zip(STRINGS, NUMBERS.values(), strict=False))
    known: dict[str, dict[str, Any]] = {"string": dict(STRINGS), "number": dict(numbers)}
    return (known[type_.kind if type_ else "string"][name] for name in rounds if name in ROUNDS)


def _said(provider: Any, schema: TypeSchema, place: tuple[str, ...], given: Any) -> set[str]:
    """What is said of the argument when it has the value and not when it is null."""
    leaf = place[:-1] if place[-1] == "*" else place
    number = None if isinstance(given, str) else given
    around = surrounded({leaf[:-1]} if len(leaf) > 1 else set())
    texts = []
    for wanted in (around, around | {leaf}):
        fill = Filling(given if isinstance(given, str) else None, number)
        said = provider.validate(schema.kind, schema.name, filled(schema.body, fill, wanted.__contains__))
        texts.append({(one.error, one.summary, one.detail) for one in said})
    new = texts[1] - texts[0]
    return {f"{one[1]}\n{one[2]}" for one in new if not kinds.tells_relation(one)}


def _predicted(found: access.TypeConstraints, place: tuple[str, ...], given: Any) -> set[str]:
    steps = [step for name in place[:-1] for step in (name, 0)] + [0 if place[-1] == "*" else place[-1]]
    if place[-1] == "*":
        steps = [*steps[:-2], 0]
    said = (violation(rule, given, steps) for rule in found.at(place))
    whole = (violation(rule, [given], steps[:-1]) for rule in found.at(place[:-1])) if place[-1] == "*" else ()
    kinds_of_whole = {rule.kind for rule in found.at(place[:-1])} if place[-1] == "*" else set()
    extra = [one for one in whole if one] if kinds_of_whole & {"items", "not_settable", "deprecated"} else []
    return {one.summary + ("\n" + one.detail if one.whole else "") for one in (*said, *extra) if one}


def _alike(said: set[str], predicted: set[str]) -> bool:
    """Texts that end where a reason is missing have to be how one of the provider's begins."""
    told = [any(_same(one, other) for other in said) for one in predicted]
    known = [any(_same(other, one) for other in predicted) for one in said]
    return all(told) and all(known)


def _same(ours: str, theirs: str) -> bool:
    plain = [re.sub(r"\.\d+(?=\W|$)|\[[^\]]*\]", "", one).strip() for one in (ours, theirs)]
    return plain[1].startswith(plain[0])


class OfFields:
    """A provider that tells of the fields of objects at the attribute, as the real one does of security groups."""

    def validate(self, _kind: Kind, _type: str, config: dict[str, Any]) -> tuple[Diagnostic, ...]:
        ranges = [text for rule in config["rules"] or () for text in rule["ranges"]]
        if "{}" in ranges:
            raise ProviderFailure("it crashed")
        said = (f"{quoted(text)} is not a valid IPv4 CIDR block" for text in ranges if text and "/" not in text)
        return tuple(Diagnostic(True, text, "", ("rules",)) for text in said)


def test_fields_of_objects_are_asked_about_alone():
    rules = attribute("rules", ["set", ["object", {"ranges": ["list", "string"], "port": "number"}]])
    schema = TypeSchema(Kind.RESOURCE, "aws_x", body(rules))
    answers: dict[str, Any] = {"large": False, "texts": [], "calls": [], "trouble": []}
    Prober(cast("Provider", OfFields()), schema).fields(answers)

    found = read(answers, schema.body)

    (template,) = found.arguments["rules", "ranges", "*"].failed
    assert template == (True, "{quoted} is not a valid IPv4 CIDR block", "")
    assert not found.arguments["rules", "port"].failed
    # What makes it crash was not answered: it counts neither as taken nor as refused.
    crashed = {one["round"] for one in answers["trouble"]}
    assert crashed
    assert not crashed & found.arguments["rules", "ranges", "*"].asked
