"""Shapes of texts, learnt from validators that are known here."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from onetake.knowledge.terraform.constraints import Constraint
from onetake.knowledge.terraform.judging import violation, violations
from onetake.knowledge.terraform.probes import STRINGS
from onetake.providers.mining.shapes import learnt
from onetake.providers.mining.typical import TYPICAL

TEXTS = [*(text for text in STRINGS.values() if len(text) < 1000), *TYPICAL]


def refusing(pattern: str) -> Callable[[str], bool]:
    """A provider that takes what matches."""
    return lambda text: re.search(pattern, text, re.ASCII) is None


@pytest.mark.parametrize(
    ("real", "found"),
    [
        (r"^[a-z][0-9a-z-]{2,27}\Z", "^[a-z][0-9a-z-]{2,27}$"),
        (r"^[0-9A-Za-z_.-]{1,64}\Z", "^[0-9a-zA-Z._-]{1,64}$"),
        (r"^[0-9a-z]+\Z", "^[0-9a-z]+$"),
        (r"^[^/]+\Z", "^[^/]+$"),
        (r"^([01]\d|2[0-3]):[0-5]\d\Z", None),
        (r"^fs-[0-9a-f]{8,17}\Z", None),
        (r"^(pb-[0-9a-f]{17}|arn:aws[\w-]*:ssm:.*)\Z", None),
        (r"^PT(\d+H)?(\d+M)?\Z", None),
        (r"^([0-9a-z]+\.)+[a-z]{2,}\Z", None),
        (r"[0-9a-z-]{36}", None),
    ],
)
def test_what_is_accepted_matches(real: str, found: str | None) -> None:
    """Free texts are learnt as they are; of others something that no accepted text lacks, or nothing."""
    refused = refusing(real)
    shape = learnt(refused, TEXTS)
    if found is not None:
        assert shape == found
    if shape is not None:
        expression = re.compile(shape.replace("$", r"\Z"), re.ASCII)
        good = (
            "23:59",
            "09:45",
            "pb-0123456789abcdef0",
            "PT1H30M",
            "PT5M",
            "a.com",
            "fs-12345678",
            "a.b.c.d.org",
            "arn:aws-cn:ssm:a::b",
        )
        for text in (*TEXTS, *good):
            assert refused(text) or expression.search(text), (shape, text)
        assert any(not expression.search(text) for text in TEXTS)


def test_nothing_is_learnt_without_an_accepted_text() -> None:
    """What refuses everything that was tried may take anything else."""
    assert learnt(lambda _: True, TEXTS) is None
    assert learnt(lambda text: text == "", [text for text in TEXTS if text]) is None


def test_of_a_text_that_has_the_shape_nothing_is_said() -> None:
    """A shape refuses; it does not tell that anything else is taken."""
    shape = Constraint("shape", True, "{key} is no fs", "", pattern="^fs-[0-9a-f-]*$")
    said = violation(shape, "vpc-1", "id")
    assert said is not None
    assert said.summary == "id is no fs"
    assert violation(shape, "fs-", "id") is None


def test_two_reasons_against_one_arn() -> None:
    """The provider goes on after the first one."""
    rule = Constraint("arn", True, "{key} ({value}) is an invalid ARN: {reason}", "")
    assert [one.summary for one in violations(rule, "arn:::::", "role")] == [
        "role (arn:::::) is an invalid ARN: missing partition value",
        "role (arn:::::) is an invalid ARN: missing resource value",
    ]
    assert len([*violations(rule, "arn:aws:s3:::", "role")]) == 1
