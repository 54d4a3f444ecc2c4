"""Errors of ``terraform validate`` beside those that we predict."""

from __future__ import annotations

from pathlib import Path

from tools.corpus.programs import Program
from tools.oracle_language.comparing import ALONE, MISSED, MOVED, SAME, differences, told
from tools.oracle_language.validations import NO_MODULE, OTHER_PROVIDER, why_left_out


def error(summary: str, file: str = "main.tf", line: int = 1) -> dict[str, object]:
    return {"summary": summary, "detail": "", "file": file, "line": line}


def test_errors_are_paired_by_headline_file_and_line(tmp_path: Path) -> None:
    program = _program(tmp_path, "")
    answer = {"errors": [error("A"), error("B"), error("C", "", 0), error("D")]}
    ours = [("B", "live/main.tf", 9), ("C", "live/x.tf", 3), ("A", "live/main.tf", 1), ("E", "x", 1)]

    found = [(row["headline"], row["verdict"]) for row in differences(program, answer, ours)]

    assert found == [("A", SAME), ("B", MOVED), ("C", SAME), ("D", MISSED), ("E", ALONE)]


def test_an_error_is_paired_once(tmp_path: Path) -> None:
    program = _program(tmp_path, "")
    answer = {"errors": [error("A", line=1), error("A", line=2)]}

    found = [row["verdict"] for row in differences(program, answer, [("A", "live/main.tf", 2)])]

    assert sorted(found) == sorted([SAME, MISSED])


def test_we_are_asked_with_the_provider_that_terraform_had(tmp_path: Path) -> None:
    text = """terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/x"
  runtime       = "python3.14"
  handler       = "f.f"
  filename      = "f.zip"
}
"""
    program = _program(tmp_path, text)

    found = told(program, tmp_path / "tf" / "shop")

    assert [(file, line) for headline, file, line in found if "got python3.14" in headline] == [("live/main.tf", 9)]


def test_what_cannot_be_asked_is_left_out(tmp_path: Path) -> None:
    other = _program(tmp_path / "a", 'resource "google_project" "p" {}')
    module = _program(tmp_path / "b", 'module "m" { source = "hashicorp/consul/aws" }')
    fit = _program(tmp_path / "c", 'resource "aws_sns_topic" "t" {}')

    assert [why_left_out(one) for one in (other, module, fit)] == [OTHER_PROVIDER, NO_MODULE, ""]


def _program(corpus: Path, text: str) -> Program:
    program = Program("tf/shop/live", corpus)
    program.folder.mkdir(parents=True)
    program.where.mkdir(parents=True, exist_ok=True)
    (program.where / "main.tf").write_text(text)
    return program
