"""JUnit XML: well formed, of the shape that CI servers read, with counts that add up."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.model.findings import Severity
from onetake.model.report import Report
from onetake.reports import render
from tests.reports.golden_files import assert_golden
from tests.reports.samples import SAMPLES, ordinary, with_text

COUNTS = {"failures": "failure", "errors": "error", "skipped": "skipped"}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"name", "classname", "time"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}
"""What Jenkins' schema allows, as far as we use it."""
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def tree(report: Report, **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(render(report, "junit", **options).encode())


def assert_shape(element: ElementTree.Element) -> None:
    assert set(element.attrib) == ATTRIBUTES[element.tag]
    assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
    if "tests" in element.attrib:
        cases = list(element.iter("testcase"))
        outcomes = Counter(child.tag for case in cases for child in case)
        assert {name: int(element.attrib[name]) for name in COUNTS} == {n: outcomes[tag] for n, tag in COUNTS.items()}
        assert int(element.attrib["tests"]) == len(cases)
    for child in element:
        assert_shape(child)


@pytest.mark.parametrize("name", SAMPLES)
def test_report_is_what_the_golden_file_says(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(render(SAMPLES[name](), "junit"), f"{name}.junit.xml", pytestconfig)


@pytest.mark.parametrize("name", SAMPLES)
def test_elements_and_counts_are_what_ci_servers_read(name: str) -> None:
    assert_shape(tree(SAMPLES[name]()))


@given(st.text(alphabet=st.characters(), min_size=1))
def test_any_text_gives_well_formed_xml_of_the_same_shape(text: str) -> None:
    found = tree(with_text(text))

    assert_shape(found)
    assert [child.tag for case in found.iter("testcase") for child in case] == ["skipped", "skipped", "error", "error"]


def test_only_what_ends_the_process_with_1_is_a_failure() -> None:
    failing = [tree(ordinary(), fail_on=limit).attrib["failures"] for limit in (Severity.CRITICAL, Severity.HIGH, None)]

    assert failing == ["2", "3", "0"]
