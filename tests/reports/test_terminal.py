"""The terminal report: whole answers, safe whatever programs hold."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.model.report import Report
from onetake.reports import render
from onetake.reports.options import wants_color
from tests.reports.golden_files import assert_golden
from tests.reports.samples import ASSUMED, SAMPLES, VERSIONS, hostile, ordinary, with_text

LOOKS: dict[str, dict[str, object]] = {
    "plain": {},
    "quiet": {"quiet": True},
    "verbose": {"verbose": True},
    "narrow": {"width": 60},
    "colors": {"color": True},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", SAMPLES)
def test_report_is_what_the_golden_file_says(name: str, look: str, pytestconfig: pytest.Config) -> None:
    assert_golden(render(SAMPLES[name](), "terminal", **LOOKS[look]), f"{name}.{look}.txt", pytestconfig)


def test_nothing_to_check_is_said() -> None:
    assert render(Report((), (), ASSUMED, VERSIONS), "terminal") == "no program found\n"


@given(st.text(alphabet=st.characters(), min_size=1))
def test_no_control_code_of_a_program_reaches_the_terminal(text: str) -> None:
    printed = render(with_text(text), "terminal", verbose=True)

    assert (
        re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", printed) is None
    )


def test_colors_are_the_only_codes_in_a_hostile_report() -> None:
    colored = render(hostile(), "terminal", color=True, verbose=True)

    assert re.sub(r"\x1b\[[0-9;]+m", "", colored) == render(hostile(), "terminal", verbose=True)


def test_code_frames_keep_to_the_width() -> None:
    printed = render(hostile(), "terminal", width=80).splitlines()

    assert max(len(line) for line in printed if re.match(r"\d+ [|>]", line)) <= 80


def test_secrets_are_masked_in_every_frame_and_sentence() -> None:
    assert "correct-horse-battery" not in render(ordinary(), "terminal", verbose=True)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "wanted"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colors_are_for_terminals_whose_users_want_them(
    stream: io.StringIO, environment: dict[str, str], wanted: bool
) -> None:
    assert wants_color(stream, environment) is wanted
