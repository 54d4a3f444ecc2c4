"""Programs that ask for more than any real one are read to an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from onetake.frontends import terraform
from onetake.frontends.files import Options, Unreadable
from onetake.model.values import Known, Unknown
from tests.frontends.terraform.programs import output, read, words

DOUBLED = "\n".join(f"  l{n} = [local.l{n - 1}, local.l{n - 1}]" for n in range(1, 60))
LONG = "\n".join(f'  l{n} = "${{local.l{n - 1}}}${{local.l{n - 1}}}"' for n in range(1, 60))
CHAIN = "\n".join(f"  l{n} = local.l{n - 1}" for n in range(1, 5000))


@pytest.mark.parametrize(
    "expression", ["jsonencode(local.l59)", "local.l59 == [local.l58, local.l58]", "length(jsonencode(local.l59))"]
)
def test_lists_of_lists_that_double(tmp_path: Path, expression: str) -> None:
    assert isinstance(output(tmp_path, expression, f"locals {{\n  l0 = [1]\n{DOUBLED}\n}}"), Unknown)


def test_text_that_doubles(tmp_path: Path) -> None:
    assert isinstance(output(tmp_path, "local.l59", f'locals {{\n  l0 = "x"\n{LONG}\n}}'), Unknown)


def test_a_chain_of_thousands_of_values(tmp_path: Path) -> None:
    stack = read(tmp_path, f'output "o" {{\n  value = local.l4999\n}}\nlocals {{\n  l0 = "x"\n{CHAIN}\n}}')

    assert isinstance(stack.outputs["o"], (Known, Unknown))
    assert stack.findings == []


def test_loops_in_loops(tmp_path: Path) -> None:
    value = output(tmp_path, "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]")

    assert isinstance(value, Unknown)


@pytest.mark.parametrize("text", ["(" * 5000, "[" * 5000, "!" * 5000, "{a=" * 5000, '"${' * 5000, "x ? " * 5000])
def test_nesting_without_end_is_a_syntax_error(tmp_path: Path, text: str) -> None:
    stack = read(tmp_path, f"locals {{\n  a = {text}\n}}\n")

    assert len(words(stack)) == 1


def test_blocks_without_end_are_a_syntax_error(tmp_path: Path) -> None:
    stack = read(tmp_path, "locals {\n" + "a {\n" * 5000)

    assert set(words(stack)) == {"Error: Block nested too deeply\n\nBlocks may not be nested this deeply."}


def test_a_long_sum_is_read(tmp_path: Path) -> None:
    assert isinstance(output(tmp_path, " + ".join(["1"] * 5000)), (Known, Unknown))


def test_json_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    stack = read(tmp_path, {"a.tf.json": '{"locals": ' + "[" * 5000 + "]" * 5000 + "}", "b.tf": ""})

    assert len(words(stack)) == 1


LOOPS = {
    "itself": {"main.tf": 'module "m" {\n  source = "./"\n}\n'},
    "each other": {
        "main.tf": 'module "a" {\n  source = "./b"\n}\n',
        "b/main.tf": 'module "c" {\n  source = "../"\n}\nmodule "d" {\n  source = "../"\n}\n',
    },
    "with count": {"main.tf": 'module "m" {\n  source = "./"\n  count  = 3\n}\n'},
}


@pytest.mark.parametrize("files", LOOPS.values(), ids=LOOPS)
def test_modules_that_call_themselves_are_not_read_for_ever(tmp_path: Path, files: dict[str, str]) -> None:
    stack = read(tmp_path, files)

    assert not stack.whole
    assert any("was not read" in note.message for note in stack.notes)


def test_a_billion_instances_are_one_that_stands_for_all(tmp_path: Path) -> None:
    stack = read(tmp_path, 'resource "terraform_data" "a" {\n  count = 1000000000\n}\n')

    assert list(stack.resources) == ["terraform_data.a"]
    assert [note.message for note in stack.notes] == [
        "terraform_data.a would have more than 100000 instances; they are not told apart"
    ]


EXPLOSIONS = {
    "range": "length(range(1000000000))",
    "product": "setproduct(range(1000), range(1000), range(1000))",
    "width": 'format("%999999999d", 1)',
    "backtracking": f'replace("{"a" * 2000}!", "/^(([a-z])+.)+[A-Z]([a-z])+$/", "x")',
    "joined": 'join("", [for i in range(200) : join("", [for j in range(200) : "xxxxxxxxxxxxxxxxxxxxxxxx"])])',
    "deep object": "{ a = " * 3000 + "1" + " }" * 3000,
}


@pytest.mark.parametrize("expression", EXPLOSIONS.values(), ids=EXPLOSIONS)
def test_what_explodes_ends_in_a_value_or_a_finding(tmp_path: Path, expression: str) -> None:
    stack = read(tmp_path, f'output "o" {{\n  value = {expression}\n}}\n')

    assert isinstance(stack.outputs.get("o"), (Known, Unknown, type(None)))
    assert len(stack.findings) <= 1
    assert not any("more than 16777216" in finding.message for finding in stack.findings)


def test_thousands_of_moves(tmp_path: Path) -> None:
    moves = (f"moved {{\n  from = aws_vpc.v{n}\n  to   = aws_vpc.v{n + 1}\n}}\n" for n in range(3000))

    assert words(read(tmp_path, "".join(moves))) == []


def test_a_folder_without_terraform_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("")
    with pytest.raises(Unreadable) as error:
        terraform.read(tmp_path, Options(root=tmp_path))

    assert "holds no Terraform files" in error.value.message


def test_a_program_outside_the_root_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "main.tf").write_text("")
    with pytest.raises(Unreadable):
        terraform.read(tmp_path / "main.tf", Options(root=tmp_path / "inside"))


def test_a_file_that_is_no_text_is_a_finding_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_bytes(b'resource "aws_vpc" "\xff" {}')
    stack = read(tmp_path, {"b.tf": 'resource "aws_vpc" "v" {}\n'})

    assert list(stack.resources) == ["aws_vpc.v"]
    assert [finding.rule for finding in stack.findings] == ["terraform-unreadable-file"]


def test_files_outside_the_root_are_not_there_for_functions(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    value = output(tmp_path / "program", 'file("../secret")')

    assert isinstance(value, Unknown)
