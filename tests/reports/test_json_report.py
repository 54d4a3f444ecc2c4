"""The JSON report follows its published schema, whatever programs hold."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onetake.reports
from onetake.reports import render
from tests.reports.golden_files import assert_golden
from tests.reports.samples import SAMPLES, ordinary, with_text

SCHEMA = json.loads((Path(onetake.reports.__file__).parent / "schema" / "report-1.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("name", SAMPLES)
def test_report_is_what_the_golden_file_says(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(render(SAMPLES[name](), "json"), f"{name}.json", pytestconfig)


@pytest.mark.parametrize("name", SAMPLES)
def test_report_follows_the_published_schema(name: str) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(render(SAMPLES[name](), "json")))) == []


def test_schema_is_itself_valid_and_names_every_member_that_is_printed() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    printed = json.loads(render(ordinary(), "json"))

    assert set(printed) == set(SCHEMA["properties"])
    assert set(printed["findings"][0]) == set(SCHEMA["$defs"]["finding"]["properties"])


def test_schema_refuses_a_report_without_findings() -> None:
    printed = json.loads(render(ordinary(), "json"))
    del printed["findings"]

    assert [error.message for error in VALIDATOR.iter_errors(printed)] == ["'findings' is a required property"]


@given(st.text(min_size=1))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    finding = json.loads(render(with_text(text), "json"))["findings"][0]

    assert (finding["message"], finding["path"], finding["resource"]) == (text, ["resource", text], text)


def test_halves_of_characters_are_replaced_so_that_strict_parsers_read_it() -> None:
    printed = render(with_text("half \ud800 whole \U0001f600"), "json")

    assert json.loads(printed)["findings"][0]["message"] == "half \ufffd whole \U0001f600"
    assert printed.isascii()
