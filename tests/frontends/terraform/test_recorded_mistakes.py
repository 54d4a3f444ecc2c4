"""Small programs with one mistake each, and what Terraform 1.11.4 said of them: we say the same, at the same place.

``python -m tools.oracle_language.mistakes`` asks Terraform and records its answers. Where we differ is listed in
``mistakes/differences.toml`` with the reason; a difference that is gone has to be taken off the list.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onetake.frontends import terraform
from onetake.frontends.files import Options
from tests.frontends.terraform.programs import write
from tools.oracle_language.mistakes import ANSWERS, FOLDER, Program, programs

PROGRAMS = {program.name: program for program in programs()}
RECORDED: dict[str, dict[str, Any]] = json.loads(ANSWERS.read_text())
DIFFERENCES: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "differences.toml").read_text())
Said = dict[str, Any]


def said(folder: Path, files: dict[str, str]) -> list[Said]:
    """What we say of a program: summary, detail, stage, and place."""
    (stack,) = terraform.read(write(folder, files), Options(root=folder))
    found = []
    for finding in stack.findings:
        head, _, detail = finding.verbatim.partition("\n\n")
        if head.startswith("Warning: "):
            detail = f"(warning) {detail}"
        position = stack.position(finding.where)
        place = [finding.where.file, position.line, position.column] if position else []
        stage = finding.stage.value
        found.append({"summary": ordered(head.partition(": ")[2]), "detail": detail, "stage": stage, "place": place})
    return found


def ordered(summary: str) -> str:
    """The members of a cycle in one order: Terraform has none."""
    head, told, members = summary.partition("Cycle: ")
    return f"{head}{told}{', '.join(sorted(members.split(', ')))}" if told else summary


def recorded(name: str) -> list[Said]:
    """What Terraform said of it."""
    answer = RECORDED[name]
    return [
        {
            "summary": ordered(error["summary"]),
            "detail": mark + error["detail"],
            "stage": answer["stage"],
            "place": error.get("place", [])[:3] if error.get("place", [""])[0] else [],
        }
        for kind, mark in (("errors", ""), ("warnings", "(warning) "))
        for error in answer.get(kind, [])
    ]


def compared(program: Program, folder: Path) -> str:
    """In what we differ from Terraform: ``words``, ``place``, ``stage`` or nothing."""
    wanted, found = recorded(program.name), said(folder, dict(program.wrong))
    if {(one["summary"], one["detail"]) for one in wanted} != {(one["summary"], one["detail"]) for one in found}:
        return "words"
    # Terraform prints some of them without a place; we always name one.
    places = {(one["summary"], one["detail"], *one["place"]) for one in wanted if one["place"]}
    if not places <= {(one["summary"], one["detail"], *one["place"]) for one in found}:
        return "place"
    return "" if {one["stage"] for one in wanted} == {one["stage"] for one in found} else "stage"


def listed(name: str) -> str:
    return next((kind for kind in ("words", "place", "stage") if name in DIFFERENCES.get(kind, {})), "")


@pytest.mark.parametrize("name", PROGRAMS)
def test_we_say_what_terraform_said(tmp_path: Path, name: str) -> None:
    assert compared(PROGRAMS[name], tmp_path) == listed(name)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_same_without_the_mistake_is_left_alone(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, dict(PROGRAMS[name].right)) == []


def test_only_programs_that_are_there_are_listed() -> None:
    names = [name for kind in DIFFERENCES.values() for name in kind]

    assert sorted(names) == sorted(set(names))
    assert set(names) <= set(PROGRAMS)
    assert set(RECORDED) == set(PROGRAMS)
