"""Findings that the program's author accepts, said in place."""

from pathlib import Path

import pytest

from onetake.analysis.suppressions import suppress
from onetake.model.findings import Finding
from onetake.model.stacks import Stack
from tests.analysis.programs import finding, terraform

MAIN = """\
resource "aws_sqs_queue" "a" {{{on_block}
  name = "a"{on_name}
  redrive {{
    arn = "x"
  }}
}}
{above_b}
resource "aws_sqs_queue" "b" {{
  name = "b"
}}
"""
RULES = frozenset({"some-rule", "other-rule", "unused-suppression", "suppression-without-reason"})


def main(**comments: str) -> str:
    return MAIN.format(**{"on_block": "", "on_name": "", "above_b": "", **comments})


def outcome(stack: Stack, *findings: Finding, asked: frozenset[str] = RULES) -> tuple[list[str], list[str]]:
    """What stays, and what was suppressed with which reason."""
    kept, waived = suppress(stack, findings, lambda: RULES, asked.__contains__)
    told = [f"{one.finding.resource}: {one.finding.rule}: {one.reason} ({one.file}:{one.line})" for one in waived]
    return [_line(stack, one) for one in kept], told


def _line(stack: Stack, found: Finding) -> str:
    position = stack.position(found.where)
    assert position is not None
    return f"{position.line}:{position.column}: {found.rule}: {found.message}"


def test_a_comment_above_a_block_applies_to_all_of_it(tmp_path: Path):
    stack = terraform(tmp_path, main(above_b="# onetake: ignore[some-rule] because it is a test\n# of ours\n"))

    assert outcome(stack, finding(stack, "aws_sqs_queue.b", "name")) == (
        [],
        ["aws_sqs_queue.b: some-rule: it is a test (main.tf:7)"],
    )


def test_a_comment_on_a_line_applies_to_what_begins_there(tmp_path: Path):
    stack = terraform(tmp_path, main(on_name="  # onetake: ignore[some-rule] because the name is fixed"))
    name = finding(stack, "aws_sqs_queue.a", "name")
    block = finding(stack, "aws_sqs_queue.a", "redrive", "arn")

    assert outcome(stack, name, block) == (
        ["4:5: some-rule: aws_sqs_queue.a is wrong"],
        ["aws_sqs_queue.a: some-rule: the name is fixed (main.tf:2)"],
    )


def test_a_comment_on_a_block_applies_to_what_is_deep_inside(tmp_path: Path):
    stack = terraform(tmp_path, main(on_block=" // onetake: ignore[other-rule, some-rule] because both"))
    both = [finding(stack, "aws_sqs_queue.a", "redrive", "arn", rule=rule) for rule in ("some-rule", "other-rule")]

    assert outcome(stack, *both)[0] == []


def test_the_neighbour_is_not_suppressed(tmp_path: Path):
    stack = terraform(tmp_path, main(on_block=" # onetake: ignore[some-rule] because of a"))
    kept, waived = outcome(stack, finding(stack, "aws_sqs_queue.b", "name"))

    assert kept == [
        "9:3: some-rule: aws_sqs_queue.b is wrong",
        "1:32: unused-suppression: the suppression of some-rule suppresses nothing",
    ]
    assert waived == []


@pytest.mark.parametrize("reason", ["", " because", " - "])
def test_without_a_reason_it_has_no_effect(tmp_path: Path, reason: str):
    stack = terraform(tmp_path, main(above_b=f"# onetake: ignore[some-rule]{reason}"))
    kept, waived = outcome(stack, finding(stack, "aws_sqs_queue.b", "name"))

    assert kept == [
        "9:3: some-rule: aws_sqs_queue.b is wrong",
        "7:1: suppression-without-reason: some-rule is not suppressed: no reason is given",
    ]
    assert waived == []


def test_a_name_that_is_no_rule_is_told_with_the_nearest(tmp_path: Path):
    stack = terraform(tmp_path, main(above_b="# onetake: ignore[some-rul] because of a slip"))

    assert outcome(stack)[0] == [
        '7:1: unused-suppression: a suppression names "some-rul", which is no rule; did you mean "some-rule"?'
    ]


def test_a_rule_that_was_not_asked_is_not_told_to_be_unused(tmp_path: Path):
    stack = terraform(tmp_path, main(above_b="# onetake: ignore[some-rule] because it is a test"))

    assert outcome(stack, asked=RULES - {"some-rule"}) == ([], [])


@pytest.mark.parametrize(
    "comment",
    [
        '"onetake: ignore[some-rule] because it is a test"',
        '["anything", "onetake: ignore[some-rule] because it is a test"]',
        '{"metadata": {}, "onetake": {"ignore": [{"rule": "some-rule", "because": "it is a test"}]}}',
    ],
)
def test_in_json_the_comment_key_suppresses_in_its_object(tmp_path: Path, comment: str):
    text = '{"resource": {"aws_sqs_queue": {\n"a": {"//": COMMENT,\n"name": "a"},\n"b": {"name": "b"}}}}'
    stack = terraform(tmp_path, text.replace("COMMENT", comment), "main.tf.json")
    kept, waived = outcome(stack, finding(stack, "aws_sqs_queue.a", "name"), finding(stack, "aws_sqs_queue.b", "name"))

    assert kept == ["4:7: some-rule: aws_sqs_queue.b is wrong"]
    assert waived == ["aws_sqs_queue.a: some-rule: it is a test (main.tf.json:2)"]


def test_a_program_without_suppressions_stays_as_it_is(tmp_path: Path):
    stack = terraform(tmp_path, main())

    assert outcome(stack, finding(stack, "aws_sqs_queue.b", "name")) == (
        ["9:3: some-rule: aws_sqs_queue.b is wrong"],
        [],
    )
