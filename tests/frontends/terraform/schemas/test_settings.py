"""Settings of arguments: what the AWS provider said of them, and says, against what the pack of constraints predicts.

The settings are made by a generator that knows nothing of the probes with which the pack was made.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from onetake.knowledge.terraform import provider_schema
from onetake.knowledge.terraform.schema import BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.sets import ordered
from onetake.knowledge.terraform.types import parse
from onetake.providers.binaries import find
from tools.oracle_schema.predicting import Said, argument
from tools.oracle_schema.provider import COUNTS, VERSION, agreement, recorded
from tools.oracle_schema.settings import Settings
from tools.oracle_schema.vocabulary import Vocabulary, snake

pytest.importorskip("grpc")  # the comparison asks the provider with it

from tools.oracle_schema.comparing import compared

PRECISION, RECALL = 0.99, 0.84
"""At least; the page of accuracy has the numbers of the whole comparison."""


def test_the_recorded_answers_of_the_provider_are_predicted() -> None:
    schemas = provider_schema(VERSION)
    total: Counter[str] = Counter()
    for setting, said in recorded():
        one = compared(setting, said, schemas, VERSION)
        theirs, ours = one.verdict
        assert theirs or not ours, (setting, one.false)
        total.update(settings=1, both=len(one.both), false=len(one.false), said=len(one.both) + len(one.missed))

    precise, recalled = agreement(total)
    assert total["settings"] >= 500
    assert precise >= PRECISION
    assert recalled >= RECALL


def test_the_provider_is_asked_of_five_hundred_settings() -> None:
    chosen = os.environ.get("ONETAKE_AWS_PROVIDER")
    binary = Path(chosen) if chosen else find("hashicorp/aws", VERSION)
    if binary is None or not binary.is_file():
        pytest.skip(f"the AWS provider {VERSION} is not on this machine (ONETAKE_AWS_PROVIDER names it)")
    from tools.oracle_schema.provider import answers

    schemas = provider_schema(VERSION)
    made = list(Settings(schemas, Vocabulary(iter(())), 7).made(500))
    pairs = list(answers(binary, made, schemas))
    found = [compared(setting, said, schemas, VERSION) for setting, said in pairs]

    assert len(pairs) >= 495
    assert [(one.setting, one.false) for one in found if one.verdict == (False, True)] == []
    false, both = sum(len(one.false) for one in found), sum(len(one.both) for one in found)
    assert both > 300
    assert both / (both + false) >= PRECISION


def test_the_whole_comparison_is_as_large_as_it_has_to_be() -> None:
    counts = json.loads(COUNTS.read_text())
    precise, _ = agreement(counts["total"])

    assert counts["total"]["settings"] >= 20_000
    assert counts["total"]["types"] >= 600
    assert counts["total"].get("false verdicts", 0) == 0
    assert precise >= PRECISION
    assert counts["terraform"]["types"] == 50


def test_the_same_seed_makes_the_same_settings() -> None:
    schemas = provider_schema(VERSION)
    known = Vocabulary(iter([("sqs", "fifo_throughput_limit", {"enum": ["perQueue"]})]))

    assert list(Settings(schemas, known, 3).made(40)) == list(Settings(schemas, known, 3).made(40))
    assert list(Settings(schemas, known, 3).made(40)) != list(Settings(schemas, known, 4).made(40))


def test_facts_are_found_by_service_and_name() -> None:
    known = Vocabulary(iter([("sqs", "mode", {"enum": ["a"]}), ("sns", "mode", {"enum": ["b"], "minLength": 2})]))

    assert known.of("aws_sqs_queue", "mode").members == {"a"}
    assert known.of("aws_other", "mode").members == {"a", "b"}
    assert known.of("aws_sns_topic", "mode").lengths == {2}
    assert known.of("aws_sns_topic", "nothing").members == set()
    assert snake("KMSKeyId") == "kms_key_id"


def test_elements_of_sets_stand_in_the_order_of_terraform_and_are_named_by_their_values() -> None:
    inner = NestedBlock("of", Nesting.LIST, BlockSchema({}, {}))
    schemas = provider_schema(VERSION)
    body = BlockSchema(schemas.resources["aws_sqs_queue"].body.attributes, {"of": inner})

    assert [value for _, value in ordered(["b", "a", "b"], parse("string"))] == ["a", "b"]
    assert [value for _, value in ordered([10, 9], parse("number"))] == [9, 10]
    (first, _), (second, value) = ordered([{"name": "z"}, {"name": "a"}], body)
    assert (first, second, value) == (0, 1, {"name": "z"})
    assert '"name":"a"' in first.text
    assert '"of":<null>' in first.text


def test_words_are_compared_with_the_place_that_they_mean() -> None:
    body = provider_schema(VERSION).resources["aws_s3_bucket"].body
    ours = Said(True, "expected x to be", "", ("grant",), whole=False)

    assert argument(("grant", 0, "id"), body) == ("grant",)
    assert ours.means(Said(True, "expected x to be: because", "", ("grant", "id")))
    assert not ours.means(Said(True, "expected x to be", "", ("acl",)))
    assert not ours.means(Said(False, "expected x to be", "", ("grant",)))
