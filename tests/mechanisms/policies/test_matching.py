"""Patterns of policies against texts that are known in part."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.mechanisms.policies.matching import covers
from onetake.mechanisms.policies.names import ACCOUNT, ANY_TEXT
from onetake.model.language import Truth
from onetake.model.values import Gap, Part, Reference

A = Reference("aws_s3_bucket.a", "name")
B = Reference("aws_s3_bucket.b", "name")
SUFFIX = Gap("var.suffix")


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        (("s3:Get*",), ("s3:GetObject",), Truth.YES),
        (("s3:Get*",), ("s3:PutObject",), Truth.NO),
        (("*",), (SUFFIX,), Truth.YES),
        (("logs-", SUFFIX, "/*"), ("logs-", SUFFIX, "/", ANY_TEXT), Truth.YES),
        (("logs-", SUFFIX, "/*"), ("logs-x/", ANY_TEXT), Truth.UNKNOWN),
        (("logs-", SUFFIX, "/*"), ("data-x/", ANY_TEXT), Truth.NO),
        (("arn:aws:s3:::", A, "/*"), ("arn:aws:s3:::", A, "/", ANY_TEXT), Truth.YES),
        (("arn:aws:s3:::", A, "/*"), ("arn:aws:s3:::", B, "/", ANY_TEXT), Truth.NO),
        (("arn:aws:s3:::", A, "/AWSLogs/*"), ("arn:aws:s3:::", A, "/", ANY_TEXT), Truth.UNKNOWN),
        (("arn:aws:s3:::", A), ("arn:aws:s3:::", A, "/", ANY_TEXT), Truth.NO),
        (("arn:aws:s3:::", A, "*"), ("arn:aws:s3:::", B, "/x"), Truth.UNKNOWN),
        (("arn:aws:s3:::logs/*",), ("arn:aws:s3:::", B, "/x"), Truth.UNKNOWN),
        (("arn:aws:iam::", ACCOUNT, ":root"), ("arn:aws:iam::999999999999:root",), Truth.UNKNOWN),
        (("arn:aws:iam::", ACCOUNT, ":root"), ("arn:aws:iam::9:role/x:root",), Truth.NO),
        ((SUFFIX,), ("*",), Truth.UNKNOWN),
    ],
)
def test_a_pattern_covers_a_text(pattern: tuple[Part, ...], text: tuple[Part, ...], answer: Truth) -> None:
    assert covers(pattern, text, wildcards=True) is answer


def test_without_wildcards_a_star_is_a_letter() -> None:
    assert covers(("a*",), ("ab",), wildcards=False) is Truth.NO
    assert covers(("a*",), ("a*",), wildcards=False) is Truth.YES


GAPS = [Gap("x"), Gap("y")]
pieces = st.lists(st.one_of(st.text("ab*?", max_size=3), st.sampled_from(GAPS)), max_size=5)
texts = st.lists(st.one_of(st.text("ab", max_size=3), st.sampled_from(GAPS)), max_size=5)


@given(pieces, texts, st.text("ab", max_size=3), st.text("ab", max_size=3), st.booleans())
def test_what_fills_the_gaps_never_contradicts_an_answer(
    pattern: list[Part], text: list[Part], x: str, y: str, wildcards: bool
) -> None:
    answer = covers(tuple(pattern), tuple(text), wildcards=wildcards)
    filled: dict[Part, str] = {GAPS[0]: x, GAPS[1]: y}
    whole = "".join(piece if isinstance(piece, str) else filled[piece] for piece in text)
    signs = {"*": ".*", "?": "."} if wildcards else {}
    written = "".join(piece if isinstance(piece, str) else filled[piece] for piece in pattern)
    expression = "".join(signs.get(sign, re.escape(sign)) for sign in written)

    assert answer in (Truth.UNKNOWN, Truth.of(re.fullmatch(expression, whole) is not None))


@given(pieces, texts, st.text("ab*", max_size=3))
def test_a_gap_of_the_pattern_alone_may_hold_wildcards(pattern: list[Part], text: list[Part], x: str) -> None:
    known = "".join(piece for piece in text if isinstance(piece, str))
    hidden = tuple(piece if isinstance(piece, str) else Gap("z") for piece in pattern)
    answer = covers(hidden, (known,), wildcards=True)
    written = "".join(piece if isinstance(piece, str) else x for piece in hidden)

    assert answer in (Truth.UNKNOWN, covers((written,), (known,), wildcards=True))
