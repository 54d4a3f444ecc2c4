"""The Markdown analysis: the same structure whatever names and values hold."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from onetake.reports import render
from tests.reports.golden_files import assert_golden
from tests.reports.samples import EVIL, SAMPLES, with_text

PARSER = MarkdownIt("commonmark").enable("table")
SPACE = " \t"


def parsed(text: str) -> list[Token]:
    return PARSER.parse(render(with_text(text), "markdown"))


def structure(text: str) -> list[str]:
    """The blocks of the page, without what is in them."""
    return [f"{token.type} {token.tag}" for token in parsed(text)]


@pytest.mark.parametrize("name", SAMPLES)
def test_report_is_what_the_golden_file_says(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(render(SAMPLES[name](), "markdown"), f"{name}.md", pytestconfig)


WORDS = st.text(alphabet=st.sampled_from("`|*_#<>[]()\\~-+=1.!&;$:\"' \tax")) | st.text(alphabet=st.characters())


@given(WORDS.filter(lambda text: text.strip()))
@example("`|` \\| \\\\| ``` ~~~")
@example("1. a")
@example("- a")
@example("=")
@example("---")
@example("<script>&amp;")
@example("    code")
@example("| a | b |")
@example(EVIL)
def test_any_text_leaves_the_structure_as_it_is(text: str) -> None:
    assert structure(text) == structure("word")


@given(WORDS.filter(lambda text: text.strip()))
@example("<b>&lt;</b>")
@example("![x](y)")
def test_plain_text_comes_out_as_text(text: str) -> None:
    inner = {child.type for token in parsed(text) for child in token.children or ()}

    assert inner <= {"text", "code_inline", "strong_open", "strong_close", "text_special"}


def test_links_are_only_made_of_evidence_on_the_web() -> None:
    links = [
        child.attrs["href"]
        for token in PARSER.parse(render(SAMPLES["ordinary"](), "markdown"))
        for child in token.children or ()
        if child.type == "link_open"
    ]

    assert links == [
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
        "https://docs.aws.amazon.com/eks/latest/userguide/managing-add-ons.html",
    ]
