"""Values that are not known are of a type all the same, and what Terraform refuses for it is refused.

Every headline, and that the others are taken, was said by Terraform 1.11.4.
"""

from pathlib import Path

import pytest

from onetake import check
from tools.oracle_language import surroundings
from tools.oracle_language.answering import Asked

KNOWN = Asked(surroundings.KNOWN)
UNKNOWN = Asked(surroundings.KNOWN + surroundings.UNKNOWN)


@pytest.mark.parametrize(
    ("expression", "headline"),
    [
        ("alltrue(var.tags.missing)", "Invalid function argument"),
        ("!var.nothing > -1", "Invalid operand"),
        ("[for v in var.nothing : v]", "Iteration over non-iterable value"),
        ("var.no_list[*].id", "Unsupported attribute"),
        ("tomap(var.zones[1.5])", "Invalid function argument"),
        ("signum(false ? 3 : !1)", "Inconsistent conditional result types"),
        (
            "local.objects[5] ? length(var.no_tags) : reverse(var.config.nested.b)",
            "Inconsistent conditional result types",
        ),
        ('lookup(var.buckets, "a", var.zones[-1])', "Invalid function argument"),
        ("reverse([for k, v in tolist([]) : k if v + k])", "Invalid 'for' condition"),
        ("(true ? var.rules : local.mixed)", "Inconsistent conditional result types"),
        ("10 >= try(local.large, -1) && ((-1 * var.anything) * -1e30)", "Invalid operand"),
        ("tomap(coalesce(var.buckets, var.no_tags))", "Error in function call"),
    ],
)
def test_mistakes_are_told_that_the_types_of_variables_show(expression: str, headline: str) -> None:
    assert KNOWN.answer(expression)["error"] == headline


@pytest.mark.parametrize(
    ("expression", "headline"),
    [
        ("local.later.*.id[0]", "Unsupported attribute"),
        ("local.later_split[*].a", "Unsupported attribute"),
        ("[for v in local.later : v]", "Iteration over non-iterable value"),
        ("tostring(terraform_data.counted[*].id)", "Invalid function argument"),
        ("tobool(zipmap(local.later_split, var.ports))", "Invalid function argument"),
        ("!alltrue(local.later_objs[*].id)", "Invalid function argument"),
        ("{ (local.later_text) = merge([local.later_objs[0], local.mixed]...) }", "Error in function call"),
    ],
)
def test_mistakes_are_told_that_the_types_of_later_values_show(expression: str, headline: str) -> None:
    assert UNKNOWN.answer(expression)["error"] == headline


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        ("true ? 1 : nope(1)", []),
        ("var.on ? 1 : nope(1)", []),
        ("true ? [nope(1)] : [1]", ["terraform-unknown-function"]),
        ("[nope(1), true ? nope(2) : 1]", ["terraform-unknown-function"]),
        ("nope(true ? 2 : 1)", ["terraform-unknown-function"]),
    ],
)
def test_a_function_in_a_branch_has_to_be_there_where_the_branch_is_taken(
    tmp_path: Path, value: str, rules: list[str]
) -> None:
    (tmp_path / "main.tf").write_text(f'variable "on" {{\n  type = bool\n}}\noutput "o" {{\n  value = {value}\n}}\n')
    assert [one.finding.rule for one in check(tmp_path, root=tmp_path, config=False).findings] == rules


def test_a_null_that_is_converted_is_of_a_type(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("""
variable "groups" {
  type    = list(string)
  default = null
}
resource "aws_sqs_queue" "each" {
  for_each = var.groups == null ? [] : toset(var.groups)
  name     = each.key
}
""")
    assert check(tmp_path, root=tmp_path, config=False).findings == ()


def test_branches_with_something_of_unknown_type_inside_may_have_a_type_in_common(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("""
variable "on" {
  type = bool
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
output "settings" {
  value = var.on ? { enable = true, times = 2, url = aws_sqs_queue.q.url } : {}
}
output "listed" {
  value = tolist([true, 2, aws_sqs_queue.q.url])
}
""")
    assert check(tmp_path, root=tmp_path, config=False).findings == ()


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('!local.later_id == "x"', "false"),
        ('length(local.later_id) / 1 == nonsensitive("e")', "false"),
        ("((local.later) - local.later_id != null)", "true"),
        ('anytrue(["true", 2 < -local.later])', "true"),
        ("coalescelist([local.later_id], [local.later_text])", "[?]"),
        ("sort(terraform_data.counted[*].id)", "list[?, ?]"),
        ('reverse(["a", local.later_id])', '[?, "a"]'),
        ('contains(local.later_list, "a")', "true"),
    ],
)
def test_types_decide_what_values_do_not(expression: str, value: str) -> None:
    assert UNKNOWN.answer(expression)["value"] == value
