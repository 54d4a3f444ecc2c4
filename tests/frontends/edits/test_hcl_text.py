"""Edits of Terraform's native syntax."""

import pytest

from onetake.frontends.edits import NotEditable, apply
from onetake.model.findings import Action, Edit
from onetake.model.values import Span

MAIN = """\
# The jobs.
resource "aws_sqs_queue" "jobs" {
  name       = "jobs" # short
  fifo_queue = true

  tags = {
    Name = "jobs"
  }

  redrive {
    arns = [aws_sqs_queue.dead.arn]
  }
  redrive { max = 3 }
}

resource "aws_sqs_queue" "dead" {}
"""
JOBS = ("resource", "aws_sqs_queue", "jobs")


def edited(path: tuple[str | int, ...], action: Action, value: object = None) -> str:
    return apply(MAIN, "main.tf", [Edit(Span("main.tf", path), action, value)])


def swap(old: str, new: str) -> str:
    assert MAIN.count(old) == 1
    return MAIN.replace(old, new)


def test_a_value_is_replaced_where_it_stands():
    assert edited((*JOBS, "name"), Action.SET, "jobs.fifo") == swap('"jobs" # short', '"jobs.fifo" # short')


def test_a_text_that_is_one_interpolation_becomes_a_reference():
    expected = swap('"jobs" # short', "aws_sqs_queue.dead.name # short")

    assert edited((*JOBS, "name"), Action.SET, "${aws_sqs_queue.dead.name}") == expected


def test_an_argument_is_added_behind_the_last_entry():
    assert edited((*JOBS, "delay_seconds"), Action.SET, 5) == swap(
        "{ max = 3 }\n", "{ max = 3 }\n  delay_seconds = 5\n"
    )


def test_an_empty_block_is_opened():
    expected = swap('"dead" {}', '"dead" {\n  depends_on = [aws_sqs_queue.jobs]\n}')

    assert (
        edited(("resource", "aws_sqs_queue", "dead", "depends_on"), Action.APPEND, "${aws_sqs_queue.jobs}") == expected
    )


def test_what_a_resource_depends_on_is_a_name():
    place = ("resource", "aws_sqs_queue", "dead", "depends_on")

    assert edited(place, Action.APPEND, "aws_sqs_queue.jobs") == edited(place, Action.APPEND, "${aws_sqs_queue.jobs}")


def test_a_member_of_a_map_is_added():
    assert edited((*JOBS, "tags", "aws:x"), Action.SET, {"a": [True, None]}) == swap(
        '    Name = "jobs"\n', '    Name = "jobs"\n    "aws:x" = { a = [true, null] }\n'
    )


def test_a_list_in_one_of_several_blocks_grows():
    assert edited((*JOBS, "redrive", 0, "arns"), Action.APPEND, "x") == swap("dead.arn]", 'dead.arn, "x"]')


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("fifo_queue",), "  fifo_queue = true\n"),
        (("tags", "Name"), '    Name = "jobs"\n'),
        (("redrive", 0), "  redrive {\n    arns = [aws_sqs_queue.dead.arn]\n  }\n"),
        (("redrive", 0, "arns", 0), "aws_sqs_queue.dead.arn"),
    ],
)
def test_what_is_removed_takes_its_line_along(path: tuple[str | int, ...], gone: str):
    assert edited((*JOBS, *path), Action.REMOVE) == swap(gone, "")


@pytest.mark.parametrize(
    ("path", "action", "value", "why"),
    [
        (("policy",), Action.SET, {"a": 1}, "it would add a block"),
        (("policy", "deep"), Action.SET, 1, "it would add a block"),
        (("redrive", 1, "min"), Action.SET, 1, "the block is written on one line"),
        (("redrive", 0), Action.SET, {}, "a block cannot be written as a value"),
        (("tags",), Action.APPEND, 1, "the list is made by an expression"),
        (("nothing",), Action.REMOVE, None, "what the edit changes is not written here"),
    ],
)
def test_what_cannot_be_written_is_refused(path: tuple[str | int, ...], action: Action, value: object, why: str):
    with pytest.raises(NotEditable, match=why):
        edited((*JOBS, *path), action, value)
