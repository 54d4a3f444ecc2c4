"""What Terraform 1.11.4 refuses is found where it lies, in the words that it printed when it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from onetake.model.findings import Stage
from tests.frontends.terraform.programs import read, words

MULTI_LINE = (
    "Error: Invalid multi-line string\n\nQuoted strings may not be split over multiple lines. To produce a "
    'multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" '
    "multi-line template syntax."
)
SINGLE = (
    "Error: Invalid single-argument block definition\n\nAn argument definition on the same line as its "
    "containing block "
    "creates a single-line block definition, which must also be closed on the same line. Place the block's closing "
    "brace immediately after the argument definition."
)
UNCLOSED = (
    "Error: Unclosed configuration block\n\nThere is no closing brace for this block before the end of the file. This "
    "may be caused by incorrect brace nesting elsewhere in this file."
)
EXPRESSION = "Error: Invalid expression\n\nExpected the start of an expression, but found an invalid expression token."

SYNTAX = {
    'locals {\n  a = "abc\n}\n': (2, 11, MULTI_LINE),
    "locals {\n  a = 1 +\n}\n": (2, 10, EXPRESSION),
    "locals {\n  a = { b = 1 c = 2 }\n}\n": (
        2,
        15,
        "Error: Missing attribute separator\n\nExpected a newline or comma to mark the beginning of the next "
        "attribute.",
    ),
    'resource "terraform_data" "a" {\n  input = 1\n': (1, 31, UNCLOSED),
    "locals {\n  a = max(1, 2\n  b = 5\n}\n": (
        3,
        3,
        "Error: Missing argument separator\n\nA comma is required to separate each function argument from the next.",
    ),
    "locals {\n  a : 2\n}\n": (
        2,
        3,
        "Error: Argument or block definition required\n\nAn argument or block definition is required here. To set an "
        'argument, use the equals sign "=" to introduce the argument value.',
    ),
    "locals { a = 1\n  b = 2\n}\n": (1, 15, SINGLE),
    'variable "a" { b { } }\n': (
        1,
        16,
        "Error: Argument definition required\n\nA single-line block definition can contain only a single argument. If "
        'you meant to define argument "b", use an equals sign to assign it a value. To define a nested block, place it '
        "on a line of its own within its parent block.",
    ),
    "locals {\n  a = true ? 1\n}\n": (
        2,
        15,
        "Error: Missing false expression in conditional\n\nThe conditional operator (...?...:...) requires a false "
        "expression, delimited by a colon.",
    ),
    'locals {\n  a = "\\q"\n}\n': (
        2,
        8,
        'Error: Invalid escape sequence\n\nThe symbol "q" is not a valid escape sequence selector.',
    ),
    "locals {\n  a = [for x in y]\n}\n": (
        2,
        18,
        "Error: Invalid 'for' expression\n\nFor expression requires a colon after the collection expression.",
    ),
    "locals {\n  a = b.\n}\n": (2, 9, "Error: Invalid attribute name\n\nAn attribute name is required after a dot."),
    "locals {\n  a = 'abc'\n}\n": (
        2,
        7,
        'Error: Invalid character\n\nSingle quotes are not valid. Use double quotes (") to enclose strings.',
    ),
    "locals {\n  a = (1 + 2\n}\n": (
        3,
        1,
        "Error: Unbalanced parentheses\n\nExpected a closing parenthesis to terminate the expression.",
    ),
    'resource "terraform_data" {\n}\n': (
        1,
        27,
        "Error: Missing name for resource\n\nAll resource blocks must have 2 labels (type, name).",
    ),
    'foo "x" {\n}\n': (1, 1, 'Error: Unsupported block type\n\nBlocks of type "foo" are not expected here.'),
    "a = 1\n": (1, 1, 'Error: Unsupported argument\n\nAn argument named "a" is not expected here.'),
    "locals {\n  a = 1 b = 2\n}\n": (
        2,
        9,
        "Error: Missing newline after argument\n\nAn argument definition must end with a newline.",
    ),
}


@pytest.mark.parametrize(("text", "expected"), SYNTAX.items())
def test_syntax_errors(tmp_path: Path, text: str, expected: tuple[int, int, str]) -> None:
    stack = read(tmp_path, text)
    (finding,) = stack.findings
    place = stack.position(finding.where)

    assert place is not None
    assert (place.line, place.column, finding.verbatim) == expected
    assert finding.stage is Stage.INIT


def test_what_stands_around_a_syntax_error_is_still_read(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        'resource "aws_vpc" "a" {}\nresource "aws_vpc" "b" {\n  cidr_block = \n}\nresource "aws_vpc" "c" {}\n',
    )

    assert list(stack.resources) == ["aws_vpc.a", "aws_vpc.c"]
    assert len(stack.findings) == 1
    assert not stack.whole


UNDECLARED = {
    "terraform_data.b.id": 'Error: Reference to undeclared resource\n\nA managed resource "terraform_data" "b" has not '
    "been declared in the root module.",
    "data.terraform_remote_state.b.id": "Error: Reference to undeclared resource\n\nA data resource "
    '"terraform_remote_state" "b" has not been declared in the root module.',
    "terraform_remote_state.x.outputs": "Error: Reference to undeclared resource\n\nA managed resource "
    '"terraform_remote_state" "x" has not been declared in the root module.\n\nDid you mean the data resource '
    "data.terraform_remote_state.x?",
    "local.nope": 'Error: Reference to undeclared local value\n\nA local value with the name "nope" has not been '
    "declared.",
    "local.locl": 'Error: Reference to undeclared local value\n\nA local value with the name "locl" has not been '
    'declared. Did you mean "local1"?',
    "var.nope": 'Error: Reference to undeclared input variable\n\nAn input variable with the name "nope" has not been '
    'declared. Did you mean "name"?',
    "var.something": 'Error: Reference to undeclared input variable\n\nAn input variable with the name "something" has '
    'not been declared. This variable can be declared with a variable "something" {} block.',
    "module.nope.x": 'Error: Reference to undeclared module\n\nNo module call named "nope" is declared in the root '
    "module.",
    "each.value": 'Error: each.value cannot be used in this context\n\nA reference to "each.value" has been used in a '
    "context in which it is unavailable, such as when the configuration no longer contains the value in its "
    '"for_each" expression. Remove this reference to each.value in your configuration to work around this error.',
    "each.key": 'Error: Reference to "each" in context without for_each\n\nThe "each" object can be used only in '
    '"module" or "resource" blocks, and only when the "for_each" argument is set.',
    "count.index": 'Error: Reference to "count" in non-counted context\n\nThe "count" object can only be used in '
    '"module", "resource", and "data" blocks, and only when the "count" argument is set.',
    "foo": "Error: Invalid reference\n\nA reference to a resource type must be followed by at least one attribute "
    "access, specifying the resource name.",
    "nofunc(1)": 'Error: Call to unknown function\n\nThere is no function named "nofunc".',
    "terraform_data.many.id": 'Error: Missing resource instance key\n\nBecause terraform_data.many has "for_each" set, '
    "its attributes must be accessed on specific instances.\n\nFor example, to correlate with indices of a referring "
    "resource, use:\n    terraform_data.many[each.key]",
    "terraform_data.one[0].id": "Error: Unexpected resource instance key\n\nBecause terraform_data.one does not have "
    '"count" or "for_each" set, references to it must not include an index key. Remove the bracketed index to refer to '
    "the single instance of this resource.",
}
DECLARED = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
data "terraform_remote_state" "x" { backend = "local" }
variable "name" { default = 1 }
locals { local1 = 1 }
resource "terraform_data" "many" { for_each = toset(["a"]) }
resource "terraform_data" "one" {}
"""


@pytest.mark.parametrize(("expression", "text"), UNDECLARED.items())
def test_names_that_mean_nothing(tmp_path: Path, expression: str, text: str) -> None:
    stack = read(tmp_path, f'{DECLARED}resource "terraform_data" "a" {{\n  input = [1, {expression}]\n}}\n')
    (finding,) = stack.findings

    assert (finding.verbatim, finding.stage, finding.resource) == (text, Stage.VALIDATE, "terraform_data.a")
    assert finding.where.path[:5] == ("resource", "terraform_data", "a", "input", 1)


@pytest.mark.parametrize(
    "expression",
    [
        "[for each in [{ value = 1 }] : each.value]",
        "{ for count, v in [1] : count => v }",
        "try(terraform_data.one.gone, 1)",
        "terraform_data.one[*].id",
        "terraform_data.many[*]",
        'terraform_data.many["a"].id',
        "path.module",
        "terraform.workspace",
        'provider::aws::arn_parse("arn:aws:s3:::x")',
        "[for s in data.terraform_remote_state.x.outputs : s.foo]",
    ],
)
def test_names_that_do_mean_something(tmp_path: Path, expression: str) -> None:
    assert words(read(tmp_path, f'{DECLARED}output "a" {{\n  value = {expression}\n}}\n')) == []


def test_dependencies_that_are_not_there(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "a.tf": 'resource "terraform_data" "a" {\n  depends_on = [terraform_data.gone]\n}\n',
            "b.tf.json": '{"resource": {"terraform_data": {"b": {"depends_on": ["terraform_data.gone"]}}}}',
        },
    )

    assert [(one.resource, one.verbatim) for one in stack.findings] == [
        (
            name,
            'Error: Reference to undeclared resource\n\nA managed resource "terraform_data" "gone" has not been '
            "declared in the root module.",
        )
        for name in ("terraform_data.a", "terraform_data.b")
    ]


def test_names_that_are_taken(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """resource "terraform_data" "a" { input = 1 }
resource "terraform_data" "a" { input = 1 }
variable "v" {}
variable "v" {}
output "v" { value = 1 }
output "v" { value = 1 }
locals { a = 1 }
locals { a = 2 }
data "terraform_remote_state" "x" { backend = "local" }
data "terraform_remote_state" "x" { backend = "local" }
provider "aws" {}
provider "aws" {}
provider "aws" { alias = "x" }
provider "aws" { alias = "x" }
""",
    )

    assert words(stack) == [
        'Error: Duplicate resource "terraform_data" configuration\n\nA terraform_data resource named "a" was already '
        "declared at main.tf:1,1-30. Resource names must be unique per type in each module.",
        'Error: Duplicate variable declaration\n\nA variable named "v" was already declared at '
        "main.tf:3,1-13. Variable "
        "names must be unique within a module.",
        'Error: Duplicate output definition\n\nAn output named "v" was already defined at main.tf:5,1-11. Output names '
        "must be unique within a module.",
        'Error: Duplicate local value definition\n\nA local value named "a" was already defined at main.tf:7,10-15. '
        "Local value names must be unique within a module.",
        'Error: Duplicate data "terraform_remote_state" configuration\n\nA terraform_remote_state data resource named '
        '"x" was already declared at main.tf:9,1-34. Resource names must be unique per type in each module.',
        'Error: Duplicate provider configuration\n\nA default (non-aliased) provider configuration for "aws" '
        "was already "
        'given at main.tf:11,1-15. If multiple configurations are required, set the "alias" argument for alternative '
        "configurations.",
        'Error: Duplicate provider configuration\n\nA provider configuration for "aws" with alias "x" was '
        "already given "
        "at main.tf:13,1-15. Each configuration for the same provider must have a distinct alias.",
    ]
    assert [stack.position(one.where).line for one in stack.findings] == [2, 4, 6, 8, 10, 12, 14]  # type: ignore[union-attr]


CIRCLES = {
    "locals {\n  a = local.a\n}\n": "Error: Self-referencing local value\n\nLocal value local.a cannot use its own "
    "result as part of its expression.",
    "locals {\n  a = local.b\n  b = local.a\n}\n": "Error: Cycle: local.a (expand), local.b (expand)",
    'resource "terraform_data" "a" {\n  input = terraform_data.b.id\n}\nresource "terraform_data" "b" {\n'
    "  input = terraform_data.a.id\n}\n": "Error: Cycle: terraform_data.a, terraform_data.b",
    'resource "terraform_data" "a" {\n  input = terraform_data.a.id\n}\n': "Error: Self-referential block\n\n"
    "Configuration for terraform_data.a may not refer to itself.",
}


@pytest.mark.parametrize(("text", "expected"), CIRCLES.items())
def test_circles(tmp_path: Path, text: str, expected: str) -> None:
    assert words(read(tmp_path, text)) == [expected]


def test_a_circle_through_a_module(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "main.tf": """
            module "m" {
              source = "./m"
              x      = terraform_data.b.id
            }
            resource "terraform_data" "b" {
              input = module.m.y
            }
            """,
            "m/main.tf": """
            variable "x" {}
            resource "terraform_data" "i" {
              input = var.x
            }
            output "y" { value = terraform_data.i.id }
            """,
        },
    )

    members = "terraform_data.b, module.m.terraform_data.i, module.m.output.y (expand), module.m.var.x (expand)"
    assert words(stack) == [f"Error: Cycle: {members}"]


DEFAULTS = {
    ("number", '"abc"'): "a number is required",
    ("list(string)", '"abc"'): "list of string required",
    ("map(number)", '{ a = "x" }'): '["a"]: a number is required',
    ("object({ a = string, b = number })", '{ a = "x" }'): 'attribute "b" is required',
    ("bool", '"yes"'): "a bool is required",
    ("string", "[]"): "string required",
}


@pytest.mark.parametrize(("types", "reason"), DEFAULTS.items())
def test_defaults_of_the_wrong_type(tmp_path: Path, types: tuple[str, str], reason: str) -> None:
    stack = read(tmp_path, 'variable "v" {\n  type    = ' + types[0] + "\n  default = " + types[1] + "\n}\n")

    assert words(stack) == [
        "Error: Invalid default value for variable\n\nThis default value is not compatible with the variable's type "
        f"constraint: {reason}."
    ]


def test_a_list_is_no_for_each(tmp_path: Path) -> None:
    stack = read(tmp_path, 'resource "terraform_data" "a" {\n  for_each = ["a", "b"]\n}\n')

    assert words(stack) == [
        'Error: Invalid for_each argument\n\nThe given "for_each" argument value is unsuitable: the '
        '"for_each" argument '
        "must be a map, or set of strings, and you have provided a value of type tuple."
    ]


def test_a_module_folder_that_is_not_there(tmp_path: Path) -> None:
    stack = read(tmp_path, 'module "n" {\n  source = "./gone"\n}\n')

    assert words(stack) == [
        "Error: Unreadable module directory\n\nUnable to evaluate directory symlink: lstat gone: no such file or "
        "directory"
    ]
    assert stack.findings[0].stage is Stage.INIT


def test_a_file_read_alone_may_name_what_stands_beside_it(tmp_path: Path) -> None:
    from onetake.frontends import terraform
    from onetake.frontends.files import Options

    (tmp_path / "a.tf").write_text('resource "aws_subnet" "s" {\n  vpc_id = aws_vpc.v.id\n}\n')
    (tmp_path / "b.tf").write_text('resource "aws_vpc" "v" {}\n')

    (alone,) = terraform.read(tmp_path / "a.tf", Options(root=tmp_path))
    (complete,) = terraform.read(tmp_path / "b.tf", Options(root=tmp_path))

    assert (alone.findings, alone.whole) == ([], False)
    assert (complete.findings, complete.whole) == ([], True)
