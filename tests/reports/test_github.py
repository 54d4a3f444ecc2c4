"""GitHub annotations: one command a line, whatever a message holds."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.reports import render
from tests.reports.golden_files import assert_golden
from tests.reports.samples import SAMPLES, with_text

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


@pytest.mark.parametrize("name", SAMPLES)
def test_report_is_what_the_golden_file_says(name: str, pytestconfig: pytest.Config) -> None:
    assert_golden(render(SAMPLES[name](), "github"), f"{name}.github.txt", pytestconfig)


@given(st.text(alphabet=st.characters(), min_size=1))
def test_any_text_stays_inside_its_command(text: str) -> None:
    *commands, verdict = render(with_text(text), "github").splitlines()
    parsed = [COMMAND.fullmatch(line) for line in commands]

    # One that cannot be read, one finding, one fault; the text opens no command and no property of its own.
    assert [found and found[1] for found in parsed] == ["error", "warning", "error"]
    names = [re.findall(r"(?:^|,)([A-Za-z]+)=", found[2]) for found in parsed if found]
    assert names[2] == ["title"]
    assert set(names[1]) <= {"file", "line", "endLine", "col", "endColumn", "title"}
    assert verdict.startswith("onetake: ")


@given(st.text(alphabet="%:,\n\rabc", min_size=1))
def test_what_is_escaped_is_what_was_said(text: str) -> None:
    message = render(with_text(text), "github").splitlines()[2].split("::", 2)[2]

    assert unquote(message) == f"{text}: {text}".replace("\r", "\\r")
