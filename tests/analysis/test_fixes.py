"""Edits that mend what was found: tried first, written at once, never where they would be lost."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from onetake.analysis.checking import Request
from onetake.analysis.fixes import Fixes, corrected_lines, plan
from onetake.frontends.files import Options, Unreadable
from onetake.frontends.programs import Kind
from onetake.model.findings import Action, Edit, Finding
from onetake.model.records import replace
from onetake.model.stacks import Stack
from onetake.model.values import Known, Span
from tests.analysis.programs import finding, reader, terraform, write

MAIN = """\
resource "aws_sqs_queue" "a" {
  name = "a" # short
}

resource "aws_sqs_queue" "b" {
  name = "b"
}
"""


def mend(stack: Stack, address: str, new: str) -> Edit:
    return Edit(stack.resources[address].where / "name", Action.SET, new)


def names(stack: Stack) -> dict[str, object]:
    values = ((address, resource.argument("name")) for address, resource in stack.resources.items())
    return {address: value.value for address, value in values if isinstance(value, Known)}


def bad(new: str = "good", also: str = "") -> Callable[[Stack], list[Finding]]:
    """Names other than ``good`` are wrong; the edit sets ``new``, and a name of ``also`` is wrong in its own way."""

    def judge(stack: Stack) -> list[Finding]:
        if "unreadable" in names(stack).values():
            raise Unreadable(stack.where, "no", "yes")
        found = [
            finding(stack, address, "name", edits=(mend(stack, address, new),))
            for address, name in names(stack).items()
            if name not in ("good", also)
        ]
        return found + [
            finding(stack, address, "name", rule="other-rule") for address, name in names(stack).items() if name == also
        ]

    return judge


def planned(folder: Path, judge: Callable[[Stack], list[Finding]], path: str = ".") -> Fixes:
    readers = {Kind.TERRAFORM: reader(judge), Kind.CDKTF: reader(judge)}
    return plan(Request([folder / path], Options(root=folder), readers=readers))


def refusals(fixes: Fixes) -> list[str]:
    return [f"{refused.finding.resource}: {refused.why}" for refused in fixes.refused]


def test_a_fix_is_written_and_nothing_else_changes(tmp_path: Path):
    write(tmp_path, {"main.tf": MAIN})
    (tmp_path / "main.tf").chmod(0o640)
    fixes = planned(tmp_path, bad())

    assert fixes.write() == []
    assert [one.resource for one in fixes.applied] == ["aws_sqs_queue.a", "aws_sqs_queue.b"]
    assert (tmp_path / "main.tf").read_text() == MAIN.replace('"a" #', '"good" #').replace('= "b"', '= "good"')
    assert stat.S_IMODE((tmp_path / "main.tf").stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["main.tf"]


def test_the_difference_can_be_shown_without_writing(tmp_path: Path):
    write(tmp_path, {"main.tf": MAIN.replace('"b"\n}\n', '"good"\n}')})

    assert planned(tmp_path, bad()).diff() == (
        "--- a/main.tf\n+++ b/main.tf\n@@ -1,5 +1,5 @@\n"
        ' resource "aws_sqs_queue" "a" {\n-  name = "a" # short\n+  name = "good" # short\n }\n \n'
        ' resource "aws_sqs_queue" "b" {\n'
    )
    assert '"a" # short' in (tmp_path / "main.tf").read_text()


def test_a_last_line_without_its_end_is_shown_as_such(tmp_path: Path):
    write(tmp_path, {"a.tf.json": '{"resource": {"aws_sqs_queue": {"a": {"name": "a"}}}}'})

    assert planned(tmp_path, bad()).diff() == (
        "--- a/a.tf.json\n+++ b/a.tf.json\n@@ -1 +1 @@\n"
        '-{"resource": {"aws_sqs_queue": {"a": {"name": "a"}}}}\n\\ No newline at end of file\n'
        '+{"resource": {"aws_sqs_queue": {"a": {"name": "good"}}}}\n\\ No newline at end of file\n'
    )


def test_a_byte_order_mark_and_line_endings_stay(tmp_path: Path):
    text = "\ufeff" + MAIN.replace("\n", "\r\n")
    write(tmp_path, {"main.tf": text})
    planned(tmp_path, bad()).write()

    assert (tmp_path / "main.tf").read_bytes().decode() == text.replace('"a" #', '"good" #').replace(
        '= "b"', '= "good"'
    )


@pytest.mark.parametrize(
    ("judge", "why"),
    [
        (bad("still wrong"), "it does not mend what was found"),
        (bad("worse", also="worse"), "it would make another finding: other-rule"),
        (bad("unreadable"), "the program could not be read any more"),
    ],
)
def test_a_fix_that_does_no_good_is_not_applied(tmp_path: Path, judge: Callable[[Stack], list[Finding]], why: str):
    write(tmp_path, {"a.tf.json": '{"resource": {"aws_sqs_queue": {"a": {"name": "a"}}}}'})
    fixes = planned(tmp_path, judge)

    assert refusals(fixes) == [f"aws_sqs_queue.a: {why}"]
    assert fixes.after == {}


def test_a_risk_is_not_fixed(tmp_path: Path):
    write(tmp_path, {"main.tf": MAIN})
    risky = lambda stack: [replace(one, condition="Is it so?") for one in bad()(stack)]  # noqa: E731

    assert refusals(planned(tmp_path, risky)) == [
        "aws_sqs_queue.a: it is a risk: decide the question first",
        "aws_sqs_queue.b: it is a risk: decide the question first",
    ]


def test_synthesized_files_are_not_edited(tmp_path: Path):
    text = (
        '{"//": {"metadata": {"stackName": "tap", "version": "0.20.12"}}, "resource": {"aws_sqs_queue": {"a": '
        '{"//": {"metadata": {"path": "tap/a", "uniqueId": "a"}}, "name": "a"}}}}'
    )
    write(tmp_path, {"cdk.tf.json": text})
    judge = lambda stack: [replace(one, construct="tap/a") for one in bad()(stack)]  # noqa: E731

    assert refusals(planned(tmp_path, judge)) == [
        "aws_sqs_queue.a: cdktf wrote this file: change the source in tap/a and synthesize again"
    ]


def test_a_link_is_not_edited(tmp_path: Path):
    write(tmp_path, {"real/x.txt": MAIN})
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "main.tf").symlink_to(tmp_path / "real" / "x.txt")

    assert refusals(planned(tmp_path, bad(), "live"))[0] == (
        "aws_sqs_queue.a: live/main.tf is a link, or lies outside the folder that is checked"
    )


def test_a_module_is_judged_in_all_programs_that_use_it(tmp_path: Path):
    call = 'module "m" {{\n  source = "../m"\n}}\nlocals {{\n  env = "{}"\n}}\n'
    write(tmp_path, {"m/main.tf": MAIN, "x/main.tf": call.format("x"), "y/main.tf": call.format("y")})

    def judge(stack: Stack) -> list[Finding]:
        # What mends the queue in one program breaks it in the other.
        wanted = "good" if stack.where.file.startswith("x") else "a"
        address = "module.m.aws_sqs_queue.a"
        if names(stack)[address] == wanted:
            return []
        return [finding(stack, address, "name", edits=(mend(stack, address, wanted),))]

    fixes = planned(tmp_path, judge)

    assert fixes.applied == []
    assert [refused.why for refused in fixes.refused] == ["it would make another finding: some-rule"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path):
    write(tmp_path, {"main.tf": MAIN})
    fixes = planned(tmp_path, bad())
    (tmp_path / "main.tf").write_text("# somebody was faster\n")

    assert fixes.write() == ["main.tf changed while it was checked; nothing was written to it"]
    assert (tmp_path / "main.tf").read_text() == "# somebody was faster\n"


def test_the_corrected_lines_are_those_that_change(tmp_path: Path):
    stack = terraform(tmp_path, MAIN)
    one = finding(stack, "aws_sqs_queue.a", edits=(mend(stack, "aws_sqs_queue.a", "c"),))
    lost = finding(stack, "aws_sqs_queue.a", edits=(Edit(Span("main.tf", ("nothing",)), Action.REMOVE),))

    assert corrected_lines(stack, one) == '  name = "c" # short'
    assert corrected_lines(stack, lost) == ""
