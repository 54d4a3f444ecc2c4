"""What Terraform 1.11.4 with version 5.100.0 of the AWS provider said of these programs, onetake says, too.

``*.terraform.json`` were written by ``terraform validate -json``: line, summary and detail of each error. While
Terraform refuses names, the provider is not asked; so onetake may say more, but only of what the provider judges.
"""

import json
import shutil
from pathlib import Path

import pytest

import onetake
from onetake.frontends.terraform.schemas.problems import OF_VALUES

HERE = Path(__file__).parent
RECORDED = sorted(HERE.glob("*.terraform.json"))
Error = tuple[str, str]


def said(folder: Path) -> set[Error]:
    report = onetake.check(folder, config=False)
    found = set()
    for located in report.findings:
        if located.finding.rule in OF_VALUES:
            continue  # the provider is not asked
        summary, _, detail = located.finding.verbatim.removeprefix("Error: ").partition("\n\n")
        found.add((summary, detail))
    return found


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.name.split(".")[0])
def test_every_error_is_found_in_the_same_words(recorded: Path, tmp_path: Path) -> None:
    name = recorded.name.removesuffix(".terraform.json")
    program = next(path for path in HERE.glob(f"{name}.tf*"))
    shutil.copy(program, tmp_path / f"main{program.name.removeprefix(name)}")
    errors = {(summary, detail) for _, summary, detail in json.loads(recorded.read_text(encoding="utf-8"))["errors"]}
    found = said(tmp_path)

    assert errors - found == set()
    assert {detail for _, detail in found - errors if "." not in detail.split('"')[1]} == set()
