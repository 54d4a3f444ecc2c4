"""Generated configurations: what Terraform with the real provider said of them (``make oracle-schema``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onetake.knowledge.terraform import provider_schema
from tools.oracle_schema.asking import of_schema, ours, without_hints
from tools.oracle_schema.generating import Case, Generator
from tools.oracle_schema.run import summary

HERE = Path(__file__).parent
RECORDED = [json.loads(line) for line in (HERE / "recorded.jsonl").read_text().splitlines()]
CASES = [Case(one["name"], one["kind"], one["type"], one["mistake"], one["json"], one["text"]) for one in RECORDED]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, str]]]:
    return without_hints(ours(CASES, tmp_path_factory.mktemp("cases"), "5.100.0"))


@pytest.mark.parametrize("one", RECORDED, ids=[f"{one['type']}-{one['mistake'] or 'nothing'}" for one in RECORDED])
def test_the_answer_is_terraforms(one: dict[str, object], found: dict[str, set[tuple[str, str]]]) -> None:
    assert sorted(found[str(one["name"])]) == [tuple(said) for said in one["said"]]  # type: ignore[attr-defined]


def test_no_configuration_was_refused_that_terraform_takes() -> None:
    total = json.loads((HERE / "summary.json").read_text())["total"]

    assert total["false verdicts"] == 0
    assert total["found"] >= 0.98 * total["errors"]
    assert total["cases"] >= 1500


def test_the_same_seed_makes_the_same_cases() -> None:
    schemas = provider_schema("5.100.0")

    assert list(Generator(schemas, 3).cases(20)) == list(Generator(schemas, 3).cases(20))
    assert list(Generator(schemas, 3).cases(20)) != list(Generator(schemas, 4).cases(20))


def test_what_the_code_of_the_provider_requires_is_no_matter_of_its_schema() -> None:
    assert of_schema(("Missing required argument", 'The argument "name" is required, but no definition was found.'))
    assert not of_schema(("Missing required argument", 'The argument "ingress.0.to_port" is required, but no ...'))
    assert not of_schema(("Missing required argument", '"ami": one of `ami,launch_template` must be specified'))
    assert not of_schema(("Not enough list items", "Attribute subnet_ids requires 1 item minimum"))


def test_a_summary_counts_what_was_found_and_what_was_false() -> None:
    case = Case("a", "resource", "aws_vpc", "missing", json=False, text="")
    said = ("Missing required argument", "x")

    assert summary([case], {"a": {said}}, {"a": {said}}, {"a"})["total"]["found"] == 1
    assert summary([case], {"a": set()}, {"a": {said}}, set())["total"]["false verdicts"] == 1
    assert summary([case], {"a": {said}}, {"a": set()}, {"a"})["total"]["missed verdicts"] == 1
