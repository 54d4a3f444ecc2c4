"""What counts as the same argument in a plan of Terraform's and in ours."""

import pytest

from onetake.frontends.terraform.values import lift
from onetake.model.values import Gap, Span, Unknown
from tools.oracle_language.agreement import DIFFERENT, OPEN_HERE, OPEN_THERE, SAME, compared

WHERE = Span("main.tf")


def verdicts(ours: object, theirs: object, unknown: object = False) -> set[str]:
    value = ours if isinstance(ours, Unknown) else lift(ours, WHERE)
    return {found[0] for found in compared(value, theirs, unknown, "x")}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("80", 80),
        (True, "true"),
        (1.5, "1.50"),
        (["b", "a"], ["a", "b"]),
        ({"a": 1}, {"a": "1", "computed": "x"}),
        ([{"port": 80}, {"port": 443}], [{"port": 443, "from": 0}, {"port": 80, "from": 0}]),
        ('{"Action": ["s3:*"], "Sid": ""}', '{"Action":"s3:*"}'),
        ("", None),
        ([], None),
    ],
)
def test_conversions_of_the_schema_are_no_difference(ours: object, theirs: object) -> None:
    assert verdicts(ours, theirs) == {SAME} or verdicts(ours, theirs) == set()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("a", "b"),
        (["a"], ["a", "b"]),
        (["a", "c"], ["a", "b"]),
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, None),
        ("1", 2),
        ("x", None),
    ],
)
def test_other_values_are(ours: object, theirs: object) -> None:
    assert DIFFERENT in verdicts(ours, theirs)


def test_what_only_one_of_them_knows_is_told_apart() -> None:
    unknown = Unknown("later", WHERE, (Gap("x"),))

    assert verdicts(unknown, "a") == {OPEN_HERE}
    assert verdicts("a", None, True) == {OPEN_THERE}
    assert verdicts(unknown, None, True) == {SAME}
