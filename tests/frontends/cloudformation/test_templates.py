"""Whole templates: resources, settings, order, and what is wrong with the template itself."""

import json

import pytest

from onetake.frontends.cloudformation import looks_like_template
from onetake.frontends.files import Unreadable
from onetake.model.findings import Position
from onetake.model.language import Language
from onetake.model.stacks import Stack
from tests.frontends.cloudformation.templates import shown, span, stack, stacks


def faults(found: Stack) -> list[tuple[str, str, str, int]]:
    """Rule, resource, message and line of each finding."""
    told = []
    for finding in found.findings:
        place = found.position(finding.where)
        told.append((finding.rule, finding.resource, finding.message, place.line if place else 0))
    return told


def test_a_resource_is_read_with_its_settings_order_and_construct() -> None:
    found = stack("""
Resources:
  Role: {Type: AWS::IAM::Role}
  Table: {Type: AWS::DynamoDB::Table}
  Function:
    Type: AWS::Lambda::Function
    DependsOn: Table
    DeletionPolicy: Retain
    Metadata: {"aws:cdk:path": App/Function/Resource}
    Properties:
      Role: !GetAtt Role.Arn
      Environment: {Variables: {NAME: !Sub "x-${Role}"}}
""")
    function = found.resources["Function"]

    assert function.language is Language.CLOUDFORMATION
    assert (function.address, function.type, function.where) == (
        "Function",
        "AWS::Lambda::Function",
        span("Resources", "Function"),
    )
    assert function.construct == "App/Function/Resource"
    assert function.depends_on == ("Table",)
    assert function.references() == {"Role"}
    assert shown(function.settings["DeletionPolicy"]) == "Retain"
    assert list(function.settings) == ["DeletionPolicy", "Metadata"]
    assert found.graph.ancestors("Function") == {"Role", "Table"}
    assert found.construct_tool == "cdk"
    assert found.engine.tool == "cloudformation"


def test_a_value_is_found_where_it_is_written() -> None:
    found = stack("Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub 'a'\n")
    name = found.resources["Q"].argument("QueueName")

    assert found.position(name.where) == Position(5, 7, 5, 26)


def test_outputs_and_parameters_are_values() -> None:
    found = stack("""
Parameters: {P: {Type: String, Default: x}}
Resources: {Q: {Type: AWS::SQS::Queue}}
Outputs: {Url: {Value: !Ref Q}, Same: {Value: !Ref P, Export: {Name: n}}}
""")

    assert {name: shown(value) for name, value in found.outputs.items()} == {"Url": ("Q.Ref",), "Same": "x"}
    assert {name: shown(value) for name, value in found.variables.items()} == {"P": "x"}


def test_what_is_not_declared_is_told_once_for_each_resource() -> None:
    found = stack("""
Resources:
  A:
    Type: AWS::SQS::Queue
    DependsOn: Gone
    Properties:
      X: !Ref Lost
      Y: !Sub "${Lost.Arn} ${AWS::Region} ${!Text}"
""")

    assert faults(found) == [
        ("cloudformation-unresolved-reference", "A", "A refers to Lost, which the template does not declare", 7),
        ("cloudformation-unresolved-reference", "A", "A refers to Gone, which the template does not declare", 5),
    ]
    assert found.findings[0].verbatim == (
        "Template format error: Unresolved resource dependencies [Lost] in the Resources block of the template"
    )


def test_a_reference_to_what_is_surely_not_created_is_told_unless_it_stands_under_a_condition() -> None:
    found = stack("""
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Dead: {Type: AWS::SQS::Queue, Condition: Prod}
  A: {Type: AWS::SQS::Queue, Properties: {X: !Ref Dead}}
  B: {Type: AWS::SQS::Queue, Properties: {X: !If [Prod, !Ref Dead, none]}, DependsOn: Dead}
""")

    assert faults(found) == [
        (
            "cloudformation-unresolved-reference",
            "A",
            "A refers to Dead, which is not created: its condition does not hold",
            6,
        )
    ]


def test_a_circle_is_told_in_the_words_of_cloudformation() -> None:
    found = stack("""
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {X: !Ref B}}
  B: {Type: AWS::SQS::Queue, DependsOn: A}
""")

    assert [finding.verbatim for finding in found.findings] == ["Circular dependency between resources: [A, B]"]
    assert found.findings[0].related == ("B",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.yaml", "Resources:\n  A: {Type: AWS::SQS::Queue}\n  A: {Type: AWS::SNS::Topic}\n"),
        ("t.json", '{"Resources": {\n"A": {"Type": "AWS::SQS::Queue"},\n"A": {"Type": "AWS::SNS::Topic"}}}'),
    ],
)
def test_a_key_that_stands_twice_is_told_with_its_line_and_the_last_counts(name: str, text: str) -> None:
    found = stack(text, name=name)

    assert [(one.rule, one.resource, one.message) for one in found.findings] == [
        ("cloudformation-duplicate-key", "A", '"A" is written again on line 3')
    ]
    assert found.resources["A"].type == "AWS::SNS::Topic"


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("Resources: {A: {Type: AWS::SQS::Queue, Properties: [1]}}", "the Properties of A are no object", 1),
        ("Parameters: x\nResources: {A: {Type: AWS::SQS::Queue}}", "Parameters is no object", 1),
        ("Resources:\n  B: {Type: AWS::SQS::Queue}\n  A: {Properties: {}}", "A has no Type", 3),
        ("Resources:\n  B: {Type: AWS::SQS::Queue}\n  A: text", "A is no object", 3),
    ],
)
def test_what_has_the_wrong_shape_is_told_and_the_rest_is_read(text: str, message: str, line: int) -> None:
    found = stack(text)

    assert [(rule, told, place) for rule, _, told, place in faults(found)] == [
        ("cloudformation-structure", message, line)
    ]
    assert not found.whole


def test_a_broken_template_is_a_finding_where_parsing_stopped() -> None:
    yaml = stack("Resources:\n  A:\n    Type: AWS::SQS::Queue\n   B: x\n")
    written = stack('{"Resources": {\n "A" {"Type": "AWS::SQS::Queue"}}}', name="t.json")

    assert [(one.rule, one.verbatim) for one in yaml.findings] == [
        ("cloudformation-syntax", "Template format error: YAML not well-formed. (line 4, column 4)")
    ]
    assert written.position(written.findings[0].where) == Position(2, 6, 2, 7)
    assert (written.resources, written.whole) == ({}, False)


@pytest.mark.parametrize("text", ["a: [", "- 1\n- 2\n", "just text", "", '{"a": 1}', "a: 1\n---\nb: 2\n"])
def test_what_is_no_template_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        stacks(text)


def test_parameters_must_suit_their_declaration() -> None:
    text = """
Parameters:
  Env: {Type: String, AllowedValues: [dev, prod]}
  Size: {Type: Number, MinValue: 2, MaxValue: 4}
  Name: {Type: String, MinLength: 2, MaxLength: 3, AllowedPattern: "[a-z]+"}
  Code: {Type: String, NoEcho: true, AllowedPattern: "[a-z]+"}
  Ids: {Type: CommaDelimitedList, AllowedValues: [a, b]}
Resources: {Q: {Type: AWS::SQS::Queue}}
"""

    def told(**given: str) -> list[str]:
        return [finding.message for finding in stack(text, **given).findings]

    assert told(Env="dev", Size="3", Name="abc", Code="abc", Ids="a, b", Other="ignored") == []
    assert told(Env="test") == ['the parameter Env is given "test", which is not one of its AllowedValues']
    assert told(Size="x") == ['the parameter Size is given "x", which is no number']
    assert told(Size="1") == ['the parameter Size is given "1", which is below its MinValue of 2']
    assert told(Size="5") == ['the parameter Size is given "5", which is above its MaxValue of 4']
    assert told(Name="a") == ['the parameter Name is given "a", which is shorter than its MinLength of 2']
    assert told(Name="abcd") == ['the parameter Name is given "abcd", which is longer than its MaxLength of 3']
    assert told(Name="a1") == ['the parameter Name is given "a1", which does not match its AllowedPattern [a-z]+']
    assert told(Code="1") == ["the parameter Code is given its value, which does not match its AllowedPattern [a-z]+"]
    assert told(Ids="a,c") == ['the parameter Ids is given "a,c", which is not one of its AllowedValues']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Resources:\n  A:\n    Type: AWS::SQS::Queue\n", True),
        ('{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}', True),
        ("Resources:\n  A:\n    Type: 'Custom::Thing'\n", True),
        ("resources:\n  Resources:\n    A:\n      Type: AWS::SQS::Queue\n", False),
        ("kind: Deployment\n", False),
        ("Resources: []\n", False),
        ("version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n", False),
        ("version: 0.0\nResources: # one\n# two\n- TargetService:\n    Type: AWS::ECS::Service\n", False),
        ("Resources:\n\n  # - A:\n  A:\n    Type: AWS::SQS::Queue\n", True),
        ('{"version": "1", "Resources": []}', False),
    ],
)
def test_a_template_is_told_from_other_files(text: str, expected: bool) -> None:
    assert looks_like_template(text) is expected


def test_json_and_yaml_come_to_the_same_stack() -> None:
    data = {"Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"X": {"Fn::GetAtt": ["B", "Arn"]}}},
                          "B": {"Type": "AWS::SQS::Queue"}}}  # fmt: skip
    yaml = "Resources:\n  A: {Type: AWS::SQS::Queue, Properties: {X: !GetAtt B.Arn}}\n  B: {Type: AWS::SQS::Queue}\n"

    one, other = stack(json.dumps(data), name="t.json"), stack(yaml)

    assert [shown(found.resources["A"].argument("X")) for found in (one, other)] == [("B.Arn",), ("B.Arn",)]
