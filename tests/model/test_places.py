"""Code frames: which lines are shown, and what of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.model.findings import Position
from onetake.model.places import MASK, WIDEST, Listing, Place, mask, mask_named


def shown(place: Place) -> list[tuple[int, str, bool]]:
    return [(line.number, line.text, line.marked) for line in place.frame]


def test_a_line_is_shown_with_its_neighbours() -> None:
    place = Listing("one\r\ntwo\r\nthree\r\nfour").place("f", Position(2, 1, 2, 4))

    assert shown(place) == [(1, "one", False), (2, "two", True), (3, "three", False)]


def test_the_first_and_last_line_have_only_one_neighbour() -> None:
    listing = Listing("one\ntwo\nthree")

    assert shown(listing.place("f", Position(1, 1, 1, 2))) == [(1, "one", True), (2, "two", False)]
    assert shown(listing.place("f", Position(3, 1, 3, 2))) == [(2, "two", False), (3, "three", True)]


def test_the_middle_of_many_lines_is_left_out() -> None:
    place = Listing("\n".join(map(str, range(1, 41)))).place("f", Position(10, 1, 30, 2))

    assert [line.number for line in place.frame] == [9, 10, 11, 12, 13, 14, 15, 30, 31]


def test_of_a_very_long_line_the_stretch_around_the_fault_is_kept() -> None:
    text = "a" * 9_000 + "FAULT" + "b" * 9_000
    (line,) = Listing(text).place("f", Position(1, 9_001, 1, 9_006)).frame

    assert line.text == text[line.first - 1 : line.first - 1 + WIDEST]
    assert (line.text.count("FAULT"), line.cut) == (1, True)


@given(st.text(), st.integers(-1, 9), st.integers(-1, 99), st.integers(-1, 9), st.integers(-1, 99))
def test_any_position_gives_a_frame_of_lines_that_exist(text: str, line: int, column: int, end: int, to: int) -> None:
    lines = text.split("\n")
    place = Listing(text).place("f", Position(line, column, end, to))

    assert all(one.text in lines[one.number - 1].removesuffix("\r") or MASK in one.text for one in place.frame)


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ('  "password": "hunter2",', '  "password": "********",'),
        ("  password = var.x", '  password = "********"'),
        ("  Password: hunter2", '  Password: "********"'),
        ("  - Password: hunter2", '  - Password: "********"'),
        ('{"a": {"password": "hunter2", "b": ["c"]}}', '{"a": {"password": "********", "b": ["********"]}}'),
        ("    the body of a block text", "    ********"),
        ('  "settings": {', '  "settings": {'),
        ("  }", "  }"),
        ("", ""),
    ],
)
def test_masked_lines_keep_only_names_and_brackets(line: str, masked: str) -> None:
    assert mask(line) == masked


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ('  "master_password": "hunter2"', '  "master_password": "********"'),
        ("  secret_key = 'abc'", '  secret_key = "********"'),
        ("  MasterUserPassword: hunter2", '  MasterUserPassword: "********"'),
        ('  password = "${random_password.db.result}"', '  password = "${random_password.db.result}"'),
        ("  password = random_password.db.result", "  password = random_password.db.result"),
        ("  MasterUserPassword: !Ref Password", "  MasterUserPassword: !Ref Password"),
        ("  ManageMasterUserPassword: true", "  ManageMasterUserPassword: true"),
        ("  MasterUserPassword: '{{resolve:ssm-secure:x}}'", "  MasterUserPassword: '{{resolve:ssm-secure:x}}'"),
        ('  "password_length": "20"', '  "password_length": "20"'),
    ],
)
def test_literals_of_telling_names_are_masked_beside_any_finding(line: str, masked: str) -> None:
    assert mask_named(line) == masked


def test_hidden_lines_are_masked_in_every_frame() -> None:
    listing = Listing('a = 1\nb = "open"\ntoken = "s3cr3t-value"\nc = 2')
    secrets = listing.hide(Position(3, 1, 3, 23))

    assert secrets == ("s3cr3t-value",)
    assert [line.text for line in listing.place("f", Position(2, 1, 2, 11)).frame] == [
        "a = 1",
        'b = "open"',
        'token = "********"',
    ]
