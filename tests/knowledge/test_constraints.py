"""What the AWS provider refuses: read from packs, judged as the probes were."""

import itertools
import json
import random
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.knowledge import shelf
from onetake.knowledge.pack import Pack
from onetake.knowledge.packing import write
from onetake.knowledge.terraform import constraints as access
from onetake.knowledge.terraform.constraints import Constraint, Relation, TypeConstraints, constraint, written
from onetake.knowledge.terraform.formats import go_pattern
from onetake.knowledge.terraform.judging import Refusal, breakable, broken, violation
from onetake.knowledge.terraform.probes import NUMBERS, STRINGS
from onetake.knowledge.terraform.rendering import number_text, quoted
from onetake.knowledge.terraform.schema import Kind

VERSION = "5.100.0"
TEXT = st.text(max_size=12)


def one(kind: str, summary: str = "refused", **given: Any) -> Constraint:
    return Constraint(kind, True, summary, **{"detail": "", **given})


CONSTRAINTS = st.builds(
    Constraint,
    kind=st.sampled_from(["enum", "length", "range", "format"]),
    error=st.booleans(),
    summary=TEXT,
    detail=TEXT,
    members=st.lists(TEXT, max_size=3).map(tuple),
    minimum=st.none() | st.integers(-5, 5),
    maximum=st.none() | st.integers(-5, 5) | st.just(0.5),
    unit=st.sampled_from(["", "bytes"]),
    pattern=TEXT,
    exact=st.booleans(),
    accepted=st.integers(0, 2**49),
    refused=st.integers(0, 2**49),
    folds_case=st.none() | st.booleans(),
)


@given(CONSTRAINTS)
def test_constraints_are_read_back(some):
    assert constraint(json.loads(json.dumps(written(some)))) == some


def test_constraints_of_recurring_blocks_are_found_at_every_place(tmp_path):
    shared = {"c": {"positional_constraint": [written(one("enum", members=("EXACTLY",)))]}}
    frame = {
        "n": [
            {"c": {"name": [written(one("length", maximum=3))], "tags/*": [written(one("length", maximum=9))]},
             "b": {"rule": 1, "other": 2}},
            {"b": {"statement": 2}, "c": {"statement": [written(one("items", maximum=1))]}},
            shared,
        ],
        "r": [["conflicts", ["name"], ["rule.0.statement"], "Conflict", "no"]],
    }  # fmt: skip
    write(tmp_path / "c.pack", {}, {"resource/aws_x": frame, "data/aws_y": {}})
    reader = access.Reader(Pack(tmp_path / "c.pack"))

    found = reader.of(Kind.RESOURCE, "aws_x")

    assert [each.kind for each in found.at(("name",))] == ["length"]
    assert [each.maximum for each in found.at(("tags", "*"))] == [9]
    assert found.at(("rule", "statement"))[0].kind == "items"
    for place in (("rule", "statement"), ("other",)):
        assert found.at((*place, "positional_constraint"))[0].members == ("EXACTLY",)
    assert found.at(("rule", "nothing", "deeper")) == found.at(("nothing",)) == found.at(()) == ()
    assert set(found.paths()) == {
        ("name",), ("tags", "*"), ("rule", "statement"),
        ("rule", "statement", "positional_constraint"), ("other", "positional_constraint"),
    }  # fmt: skip
    assert found.relations[0].members == (("rule", "statement"),)
    assert reader.of(Kind.RESOURCE, "aws_z").at(("name",)) == ()


@pytest.mark.parametrize(
    ("rule", "value", "refused"),
    [
        (one("enum", members=("a", "B")), "a", False),
        (one("enum", members=("a", "B")), "c", True),
        (one("enum", members=("a", "B")), "b", None),
        (one("enum", members=("a", "B"), folds_case=False), "b", True),
        (one("enum", members=("a", "B"), folds_case=True), "b", False),
        (one("enum", members=("7", "731")), 7, False),
        (one("enum", members=("7", "731")), 8, True),
        (one("length", maximum=2, unit="bytes"), "é", False),
        (one("length", maximum=1, unit="bytes"), "é", True),
        (one("length", maximum=1, unit="characters"), "é", False),
        (one("range", minimum=1, maximum=5), 0, True),
        (one("range", minimum=1, maximum=5), "5", False),
        (one("range", minimum=1, maximum=5), "many", None),
        (one("items", maximum=1), ["a", "b"], True),
        (one("items", minimum=1), [], True),
        (one("pattern", pattern=r"^[[:alpha:]]+$"), "abc\n", True),
        (one("pattern", pattern=r"^[[:alpha:]]+$"), "abc", False),
        (one("pattern", pattern=r"^\p{L}+$"), "123", None),
        (one("whole"), 1.5, True),
        (one("whole"), 2, False),
        (one("divisible", minimum=60), 61, True),
        (one("above", minimum=0), 0, True),
        (one("arn"), "arn:aws:s3:::b", False),
        (one("arn"), "bucket", True),
        (one("arn"), "arn:aws:b", True),
        (one("arn"), "arn:other:s3:US:1:b", None),
        (one("json"), "[1", True),
        (one("json"), "NaN", True),
        (one("json"), '"x"', False),
        (one("iam_policy"), "[]", True),
        (one("cidr"), "10.0.0.0/8", False),
        (one("cidr"), "10.0.0.0", True),
        (one("cidr_version", minimum=4), "::/0", True),
        (one("ipv4_network"), "10.0.0.1/8", True),
        (one("ip"), "::1", False),
        (one("ipv4"), "::1", True),
        (one("ip"), "fe80::1%eth0", None),
        (one("rfc3339"), "2030-01-02T03:04:05Z", False),
        (one("rfc3339"), "2030-13-02T03:04:05Z", True),
        (one("rfc3339"), "2030-02-30T03:04:05Z", None),
        (one("duration"), "1h30m", False),
        (one("duration"), "1d", True),
        (one("base64"), "eA==", False),
        (one("base64"), "e", True),
        (one("https_url"), "http://example.com", True),
        (one("https_url"), "https://example.com/a", False),
        (one("https_url"), "https://[", None),
        (one("account_id"), "12345678901", True),
        (one("account_id"), 123456789012, False),
        (one("truth"), True, False),
        (one("truth"), "yes", True),
        (one("integer"), "1_0", None),
        (one("decimal"), "0x1", None),
        (one("daily_window"), "04:00-05:00", False),
        (one("weekly_window"), "Sun:04:00-Sun:05:00", False),
        (one("not_settable"), "x", True),
        (one("format", exact=False), "whatever", None),
        (one("format", exact=False, refused=1 << 8), "lowercase", True),
        (one("format", exact=False, accepted=1 << 8), "lowercase", False),
        (one("something new"), "x", None),
    ],
)  # fmt: skip
def test_values_are_judged_by_kind_and_in_doubt_not_at_all(rule, value, refused):
    assert (violation(rule, value, "argument") is not None) is (refused is True)


def test_the_probe_in_the_examples_is_where_it_is_said_to_be():
    assert list(STRINGS.values())[8] == "lowercase"
    assert list(STRINGS.values())[1] == ""


def test_words_are_the_providers_with_place_and_value_filled_in():
    enum = one("enum", 'expected {key} to be one of ["a"], got {value}', members=("a",))
    assert violation(enum, "{key}", ("rule", 0, "name")) == Refusal(
        'expected rule.0.name to be one of ["a"], got {key}', ""
    )
    newer = one("length", "Bad length", detail="Attribute {path} is {quoted}, got: {reason}", maximum=2, unit="bytes")
    assert violation(newer, 'a"b', ("rule", 0, "name")) == Refusal(
        "Bad length", 'Attribute rule[0].name is "a\\"b", got: 3'
    )


def test_words_end_where_a_reason_is_not_known():
    json_ = one("json", '"{key}" contains an invalid JSON: {reason}')
    assert violation(json_, "{", "policy") == Refusal('"policy" contains an invalid JSON', "", whole=False)
    arn = one("arn", '"{key}" ({value}) is an invalid ARN: {reason}')
    assert violation(arn, "x", "role") == Refusal('"role" (x) is an invalid ARN: arn: invalid prefix', "")


@pytest.mark.parametrize(
    ("kind", "given_", "refused"),
    [
        ("conflicts", {"a", "b"}, True),
        ("conflicts", {"a"}, False),
        ("exactly_one_of", set(), True),
        ("exactly_one_of", {"b"}, False),
        ("only_one_of", {"b", "c"}, True),
        ("only_one_of", {"c"}, False),
        ("at_least_one_of", set(), True),
        ("at_least_one_of", {"c"}, False),
        ("required_with", {"a", "b"}, True),
        ("required_with", {"a", "b", "c"}, False),
        ("required", set(), True),
        ("required", {"a"}, False),
    ],
)
def test_relations_are_broken_when_that_is_known(kind, given_, refused):
    relation = Relation(kind, ("a",), (("b",), ("c",)), "Bad", "but `{given}` were", ("b", "c"))

    assert (broken(relation, lambda names: names[0] in given_) is not None) == refused
    assert broken(relation, lambda _: None) is None


def test_a_relation_tells_what_was_given_and_is_silent_where_its_block_is_not():
    relation = Relation(
        "only_one_of", ("r", "a"), (("r", "a"), ("r", "b")), "Bad", "but `{given}` were", ("r.a", "r.b")
    )
    assert broken(relation, lambda _: True) == Refusal("Bad", "but `r.a,r.b` were")
    assert broken(relation, lambda names: names != ("r",)) is None


@given(st.text(max_size=30))
def test_quoting_is_read_back_by_the_miner(text):
    from onetake.providers.mining.kinds import unquoted

    assert unquoted(quoted(text)[1:-1]) == text or any(ord(each) > 0xFFFF for each in text)


def test_numbers_stand_as_go_writes_them():
    assert [number_text(each) for each in (True, 2.0, 1.5, -3)] == ["true", "2", "1.5", "-3"]


def test_classes_with_brackets_do_not_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pattern = go_pattern(r"^[[:alnum:][\]_-]+$")
    assert pattern is not None
    assert pattern.search("a[1]")


PACK = shelf.pack(access.CONSTRAINTS + VERSION)
needs_pack = pytest.mark.skipif(PACK is None, reason=f"there is no pack of constraints of {VERSION}")


def chosen(count: int) -> list[tuple[str, TypeConstraints]]:
    assert PACK is not None
    keys = [key for key in PACK if not key.startswith("shared/")]
    sample = random.Random(4).sample(keys, min(count, len(keys)))
    return [
        (name, access.constraints(name, VERSION, Kind(kind))) for kind, name in (key.split("/", 1) for key in sample)
    ]


@needs_pack
def test_what_was_refused_is_refused_and_what_was_accepted_is_not():
    """The fingerprints: constraints that their kind does not describe say of every probe what the provider said."""
    texts, judged = list(STRINGS.values()), 0
    for _, found in chosen(250):
        for place in found.paths():
            for rule in found.at(place):
                if rule.exact or rule.kind == "items":
                    continue
                for bit, text in enumerate(texts):
                    expected = rule.refused >> bit & 1
                    if (rule.refused | rule.accepted) >> len(NUMBERS):
                        assert (violation(rule, text, "x") is not None) == bool(expected)
                        judged += 1
    assert judged > 1000


@needs_pack
def test_every_constraint_of_the_pack_can_judge_and_speak():
    values = ["", "a", "arn:aws:s3:::b", "10.0.0.0/8", "{}", 0, -1, 10**12, 1.5, True, [], ["a"], {}]
    for _, found in chosen(250):
        for place in found.paths():
            for rule in found.at(place):
                for value in values:
                    said = violation(rule, value, place)
                    assert said is None or (said.summary and "{reason}" not in said.summary + said.detail)


@needs_pack
def test_the_queue_is_judged_as_the_documentation_says():
    queue = access.constraints("aws_sqs_queue", VERSION)
    (delay,) = (rule for rule in queue.at(("delay_seconds",)) if rule.kind == "range")
    assert violation(delay, 901, "delay_seconds") == Refusal(
        "expected delay_seconds to be in the range (0 - 900), got 901", ""
    )
    assert violation(delay, 900, "delay_seconds") is None
    with pytest.raises(LookupError, match=r"no constraints of version 0\.0\.1"):
        access.constraints("aws_sqs_queue", "0.0.1")


def test_the_pack_is_small():
    path = shelf.SHIPPED / f"{access.CONSTRAINTS}{VERSION}.pack"
    assert not path.is_file() or Path(path).stat().st_size < 500_000


@pytest.mark.parametrize(
    "kind", ["required", "conflicts", "exactly_one_of", "only_one_of", "at_least_one_of", "required_with"]
)
def test_no_relation_that_is_broken_is_passed_over(kind):
    places = [("a",), ("b",), ("block", "c"), ()]
    for at, one, two in itertools.product(places, places[:3], places[:3]):
        relation = Relation(kind, at, (one, two), "", "", (".".join(one), ".".join(two)))
        for flags in itertools.product((True, False, None), repeat=4):
            found = dict(zip((("a",), ("b",), ("block",), ("block", "c")), flags, strict=True))
            if found["block",] is not True:
                found["block", "c"] = found["block",]
            there = {names[0] for names, flag in found.items() if flag is not False}
            if broken(relation, found.__getitem__) is not None:
                assert breakable(relation, there)
