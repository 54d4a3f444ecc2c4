"""SARIF: what the standard demands of the objects that we write, and names that outlive moved lines."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.model.assembly import Assembly, Judged
from onetake.model.findings import Severity
from onetake.model.records import replace
from onetake.model.report import Report
from onetake.model.values import Span
from onetake.reports import render
from onetake.rules import registry
from tests.reports.golden_files import assert_golden
from tests.reports.samples import (
    ADDON,
    ASSUMED,
    FIFO,
    PAYMENTS,
    SAMPLES,
    VERSIONS,
    Source,
    at,
    evil_finding,
    hostile,
    ordinary,
    resource,
    stack,
    with_text,
)

SUBSET = json.loads((Path(__file__).parent / "data" / "sarif-subset.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SUBSET)
OFFICIAL = os.environ.get("SARIF_SCHEMA", "")


def run(report: Report, **options: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(report, "sarif", **options))["runs"][0]
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_report_is_what_the_golden_file_says(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(render(SAMPLES[name](), "sarif"), f"{name}.sarif", pytestconfig)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_object_holds_what_the_standard_demands_and_nothing_else(name: str) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(render(SAMPLES[name](), "sarif")))) == []


@pytest.mark.skipif(not OFFICIAL, reason="SARIF_SCHEMA does not name a copy of sarif-schema-2.1.0.json")
@pytest.mark.parametrize("name", SAMPLES)
def test_report_follows_the_official_schema(name: str) -> None:
    schema = json.loads(Path(OFFICIAL).read_text())
    kind = jsonschema.validators.validator_for(schema)
    validator = kind(schema, format_checker=jsonschema.FormatChecker())

    assert list(validator.iter_errors(json.loads(render(SAMPLES[name](), "sarif")))) == []


@given(st.text(min_size=1))
def test_any_text_gives_a_valid_file(text: str) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(render(with_text(text), "sarif")))) == []


def moved(lines: int) -> Report:
    places = {FIFO.where.path: at(14 + lines, 16, 30), ADDON.where.path: at(10 + lines, 9, 46)}
    source = Source("\n" * lines + PAYMENTS, places)
    judged = stack("payments", FIFO.where.file, source, [resource(FIFO.where.file, "aws_sqs_queue.jobs")])
    assembly = Assembly(ASSUMED, VERSIONS)
    assembly.read("cdktf.out", "cdktf", [Judged(judged, [FIFO, ADDON])])
    return assembly.report()


def test_fingerprints_stay_when_lines_move() -> None:
    before, after = run(moved(0))["results"], run(moved(7))["results"]

    assert [one["partialFingerprints"] for one in before] == [one["partialFingerprints"] for one in after]
    assert [one["locations"] for one in before] != [one["locations"] for one in after]


def test_fingerprints_tell_findings_apart() -> None:
    twin = replace(FIFO, message="another thing at the same place")
    other = replace(FIFO, where=Span(FIFO.where.file, ("resource", "aws_sqs_queue", "mail", "name")))
    assembly = Assembly(ASSUMED, VERSIONS)
    judged = stack("payments", FIFO.where.file, Source(PAYMENTS), [])
    assembly.read("cdktf.out", "cdktf", [Judged(judged, [FIFO, twin, other])])
    marks = [one["partialFingerprints"]["onetakePath/v1"] for one in run(assembly.report())["results"]]

    assert len(set(marks)) == 3


def test_invocation_tells_the_exit_code_and_our_faults() -> None:
    failed, fine = run(hostile())["invocations"][0], run(ordinary(), fail_on=None)["invocations"][0]

    assert (failed["executionSuccessful"], failed["exitCode"]) == (False, 70)
    assert [one["descriptor"]["id"] for one in failed["toolExecutionNotifications"]] == ["fault", "fault", "not-read"]
    assert (fine["executionSuccessful"], fine["exitCode"]) == (True, 0)
    assert run(ordinary(), fail_on=Severity.HIGH)["invocations"][0]["exitCode"] == 1


def test_suppressed_findings_carry_their_reason() -> None:
    results = run(ordinary())["results"]

    assert [one["ruleId"] for one in results if "suppressions" in one] == ["example-engine-open"]
    assert results[-1]["suppressions"][0]["justification"] == "the platform team pins it"


def test_a_rule_of_the_catalogue_is_described_by_it() -> None:
    name, entry = next(iter(registry.entries().items()))
    assembly = Assembly(ASSUMED, VERSIONS)
    judged = stack("s", "main.tf", Source(""), [])
    assembly.read(".", "terraform", [Judged(judged, [evil_finding(rule=name)])])

    assert run(assembly.report())["tool"]["driver"]["rules"][0]["shortDescription"] == {"text": entry.summary}


def test_messages_hold_no_links_of_the_program() -> None:
    text = run(with_text("[click](https://example.com)"))["results"][0]["message"]["text"]

    assert "](" not in text
