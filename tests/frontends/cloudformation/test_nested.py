"""Stacks in stacks, parameter files, and where they may lie."""

import json
from pathlib import Path

import pytest

from onetake.frontends import cloudformation
from onetake.frontends.files import Options, Unreadable
from onetake.model.values import Gap
from tests.frontends.cloudformation.templates import shown

PARENT = """
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: inner/child.yaml
      Parameters: {Name: fixed, Arn: %s, List: [a, b]}
"""
CHILD = """
Parameters:
  Name: {Type: String, Default: default}
  Arn: {Type: String, Default: default}
  List: {Type: CommaDelimitedList}
  Left: {Type: String, Default: default}
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {A: !Ref Name, B: !Ref Arn, C: !Ref List, D: !Ref Left}}
"""


def write(folder: Path, parent: str, child: str = CHILD) -> Path:
    (folder / "inner").mkdir()
    (folder / "inner" / "child.yaml").write_text(child)
    (folder / "parent.yaml").write_text(parent)
    return folder / "parent.yaml"


def test_a_nested_stack_is_read_with_what_it_is_given(tmp_path: Path) -> None:
    path = write(tmp_path, PARENT % "!Ref Topic")
    parent, child = cloudformation.read(path, Options(root=tmp_path, parameters={"Left": "not for the child"}))

    assert (parent.name, child.name) == ("parent", "parent/Child")
    assert {name: shown(value) for name, value in child.resources["Q"].arguments.items()} == {
        "A": "fixed",
        "B": (Gap("parameter Arn"),),
        "C": ["a", "b"],
        "D": "default",
    }
    assert child.where.file == "inner/child.yaml"


def test_a_parent_that_hands_down_its_resources_is_not_the_whole_story(tmp_path: Path) -> None:
    path = write(tmp_path, PARENT % "!Ref Topic")
    (tmp_path / "plain.yaml").write_text(PARENT % "text")
    options = Options(root=tmp_path)

    assert [cloudformation.read(one, options)[0].whole for one in (path, tmp_path / "plain.yaml")] == [False, True]


def test_a_nested_template_that_is_not_there_is_noted(tmp_path: Path) -> None:
    path = write(tmp_path, (PARENT % "x").replace("child.yaml", "gone.yaml"))
    (found,) = cloudformation.read(path, Options(root=tmp_path))

    assert [note.message for note in found.notes] == ["the nested template is not read: inner/gone.yaml is not a file"]


def test_a_nested_template_outside_the_root_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(CHILD)
    root = tmp_path / "root"
    root.mkdir()
    path = write(root, (PARENT % "x").replace("inner/child.yaml", "../outside.yaml"))
    (found,) = cloudformation.read(path, Options(root=root))

    assert "leads outside the folder that is checked" in found.notes[0].message


def test_a_stack_that_nests_itself_ends(tmp_path: Path) -> None:
    path = write(tmp_path, (PARENT % "x").replace("inner/child.yaml", "parent.yaml"))

    assert len(cloudformation.read(path, Options(root=tmp_path))) == 6


@pytest.mark.parametrize(
    "content",
    [
        [{"ParameterKey": "Name", "ParameterValue": "x"}, {"ParameterKey": "Left", "UsePreviousValue": True}],
        {"Parameters": {"Name": "x"}},
        {"Name": "x"},
        ["Name=x"],
    ],
)
def test_parameter_files_have_the_forms_of_the_command_line(tmp_path: Path, content: object) -> None:
    (tmp_path / "p.json").write_text(json.dumps(content))
    (tmp_path / "t.yaml").write_text(CHILD)
    (found,) = cloudformation.read(tmp_path / "t.yaml", Options(root=tmp_path, parameter_files=(tmp_path / "p.json",)))

    assert shown(found.resources["Q"].argument("A")) == "x"


def test_a_parameter_given_by_itself_counts_more_than_one_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"Name": "file"}')
    (tmp_path / "t.yaml").write_text(CHILD)
    options = Options(root=tmp_path, parameter_files=(tmp_path / "p.json",), parameters={"Name": "alone"})

    assert shown(cloudformation.read(tmp_path / "t.yaml", options)[0].resources["Q"].argument("A")) == "alone"


@pytest.mark.parametrize("content", ["{", "3", "[{}]", "[3]", '"x"'])
def test_a_parameter_file_without_parameters_is_unreadable(tmp_path: Path, content: str) -> None:
    (tmp_path / "p.json").write_text(content)
    (tmp_path / "t.yaml").write_text(CHILD)
    options = Options(root=tmp_path, parameter_files=(tmp_path / "p.json",))
    if content == "[{}]":
        assert cloudformation.read(tmp_path / "t.yaml", options)[0].findings == []
        return

    with pytest.raises(Unreadable):
        cloudformation.read(tmp_path / "t.yaml", options)
