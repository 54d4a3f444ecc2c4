"""The HTML analysis: one page that loads nothing and runs nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.reports import render
from tests.reports.golden_files import assert_golden
from tests.reports.samples import SAMPLES, with_text

VOID = {"meta"}


class Outline(HTMLParser):
    """The elements of a page, without what is in them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {[name for name, _ in attrs]}")
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in ("tr", "html"):
            self.open.pop()
        assert self.open.pop() == tag


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    found.close()
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_report_is_what_the_golden_file_says(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(render(SAMPLES[name](), "html"), f"{name}.html", pytestconfig)


@pytest.mark.parametrize("name", SAMPLES)
def test_page_is_well_nested_and_loads_nothing(name: str) -> None:
    page = render(SAMPLES[name](), "html")

    assert outline(page).open == ["html"]
    assert re.search(r"<script|<link|<img|<iframe|@import|url\(", page) is None
    assert all(address.startswith("https://") for address in outline(page).addresses)


@given(st.text(alphabet=st.characters(exclude_characters="\n"), min_size=1))
def test_any_text_leaves_the_elements_as_they_are(text: str) -> None:
    def elements(value: str) -> list[str]:
        return [tag for tag in outline(render(with_text(value), "html")).tags if not tag.startswith(("u ", "a "))]

    assert elements(text) == elements("word")
