"""Values of variables: where they come from, which wins, and what Terraform refuses among them."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.terraform.programs import outputs, read, words

PROGRAM = """
variable "a" {
  type    = string
  default = "default"
}
output "a" {
  value = var.a
}
"""


def test_what_is_given_later_wins(tmp_path: Path) -> None:
    files = {"main.tf": PROGRAM}
    environment = {"TF_VAR_a": "environment"}
    said = [outputs(read(tmp_path, files))["a"], outputs(read(tmp_path, files, environment=environment))["a"]]
    for name in ("terraform.tfvars", "terraform.tfvars.json", "a.auto.tfvars", "b.auto.tfvars.json"):
        files[name] = f'{{"a": "{name}"}}' if name.endswith(".json") else f'a = "{name}"\n'
        said.append(outputs(read(tmp_path, files, environment=environment))["a"])
    (tmp_path / "more.tfvars").write_text('a = "file"\n')
    given = (tmp_path / "more.tfvars",)
    said.append(outputs(read(tmp_path, files, environment=environment, parameter_files=given))["a"])
    said.append(outputs(read(tmp_path, files, parameter_files=given, parameters={"a": "argument"}))["a"])

    assert said == [
        "default",
        "environment",
        "terraform.tfvars",
        "terraform.tfvars.json",
        "a.auto.tfvars",
        "b.auto.tfvars.json",
        "file",
        "argument",
    ]


def test_the_environment_is_named_but_not_shown(tmp_path: Path) -> None:
    stack = read(tmp_path, PROGRAM, environment={"TF_VAR_a": "secret", "TF_VAR_b": "other"})

    assert [note.message for note in stack.notes] == ["var.a has the value of the environment variable TF_VAR_a"]


def test_values_of_the_wrong_type(tmp_path: Path) -> None:
    program = 'variable "n" {\n  type = number\n}\n'

    # As Terraform 1.11.4 printed them.
    assert words(read(tmp_path, program, environment={"TF_VAR_n": "x"})) == [
        "Error: Invalid value for input variable\n\nUnsuitable value for var.n set using the TF_VAR_n environment "
        "variable: a number is required."
    ]
    assert words(read(tmp_path, program, parameters={"n": "x"})) == [
        'Error: Invalid value for input variable\n\nUnsuitable value for var.n set using -var="n=...": a number is '
        "required."
    ]


def test_values_that_are_missing_or_not_used_are_noted(tmp_path: Path) -> None:
    stack = read(tmp_path, {"main.tf": 'variable "a" {}\nvariable "b" {}\n', "terraform.tfvars": "c = 1\n"})

    assert [note.message for note in stack.notes] == [
        "the value of c is not used: no variable of that name is declared",
        "var.a, var.b have no value here: what depends on it is not judged; give it with --var, --var-file or TF_VAR_a",
    ]
    assert (stack.findings, stack.whole) == ([], True)
