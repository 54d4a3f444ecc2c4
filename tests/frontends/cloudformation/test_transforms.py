"""What happens to a template before it is deployed."""

import sys

import pytest

from onetake.model.findings import Position
from tests.frontends.cloudformation.templates import shown, stack

LOOP = """
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList%s}}
Resources:
  Fn::ForEach::Queues:
    - Name
    - !Ref Names
    - Queue&{Name}:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: !Sub "${Name}.q"
          Fn::ForEach::Delays:
            - Key
            - [DelaySeconds]
            - ${Key}: 5
"""


def test_a_loop_is_written_out_and_keeps_its_place() -> None:
    found = stack(LOOP % ", Default: 'a-1,b'")

    assert {
        name: {key: shown(value) for key, value in one.arguments.items()} for name, one in found.resources.items()
    } == {
        "Queuea1": {"QueueName": "a-1.q", "DelaySeconds": 5},
        "Queueb": {"QueueName": "b.q", "DelaySeconds": 5},
    }
    assert found.whole
    name, delay = (found.resources["Queueb"].argument(key) for key in ("QueueName", "DelaySeconds"))
    assert found.position(name.where) == Position(11, 11, 11, 38)
    assert found.position(delay.where) == Position(15, 15, 15, 24)


def test_a_loop_over_what_is_not_known_leaves_a_note() -> None:
    found = stack(LOOP % "")

    assert (dict(found.resources), found.whole) == ({}, False)
    assert [note.message for note in found.notes] == [
        "not read: the loop Queues runs over what only the deployment knows"
    ]


def test_loops_that_multiply_are_stopped() -> None:
    loop = "{'Fn::ForEach::L%d': [X%d, [a, b, c, d, e, f, g, h, i, j], {'k${X%d}': %s}]}"
    body = "1"
    for depth in range(9):
        body = loop % (depth, depth, depth, body)
    found = stack(
        f"Transform: AWS::LanguageExtensions\nResources: {{Q: {{Type: AWS::SQS::Queue, Properties: {body}}}}}"
    )

    assert [note.message for note in found.notes] == ["not read: its loops write more than a template can hold"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Transform: [My::Macro]", "not carried out: the macro My::Macro runs in the account"),
        ("Transform: {Name: AWS::Include}", "not carried out: the macro AWS::Include runs in the account"),
        ("Metadata: {Fn::Transform: {Name: X}}", "not carried out: Fn::Transform runs in the account"),
        (
            "Modules: {Content: {Source: m.yaml}}",
            "not carried out: modules and Rain's directives are filled in before it is deployed",
        ),
    ],
)
def test_what_others_rewrite_is_noted_and_references_are_not_judged(text: str, message: str) -> None:
    found = stack(f"{text}\nResources: {{Q: {{Type: AWS::SQS::Queue, Properties: {{X: !Ref Written}}}}}}")

    assert [note.message for note in found.notes] == [message]
    assert (list(found.findings), found.whole) == ([], False)


SERVERLESS = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Hello:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.13, CodeUri: ./src}
"""


def test_serverless_resources_are_translated_and_what_they_make_is_shown_at_them() -> None:
    pytest.importorskip("samtranslator")
    found = stack(SERVERLESS)

    assert {name: one.type for name, one in found.resources.items()} == {
        "Queue": "AWS::SQS::Queue",
        "Hello": "AWS::Lambda::Function",
        "HelloRole": "AWS::IAM::Role",
    }
    assert (list(found.notes), found.whole) == ([], True)
    place = found.position(found.resources["HelloRole"].where)
    assert place is not None
    assert place.line == 5


def test_without_the_translator_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "samtranslator.translator.arn_generator", None)
    found = stack(SERVERLESS)

    assert (list(found.resources), found.whole) == (["Queue"], False)
    assert [note.message for note in found.notes] == [
        "serverless resources are not read, because their translator is not installed: pip install 'onetake[sam]'"
    ]


def test_what_the_translator_refuses_is_noted() -> None:
    pytest.importorskip("samtranslator")
    found = stack(SERVERLESS.replace("Runtime: python3.13, ", ""))

    assert list(found.resources) == ["Queue"]
    (note,) = found.notes
    assert note.message.startswith("serverless resources are not read, because their translator refuses them: ")


def test_applications_of_the_repository_are_not_asked_for() -> None:
    pytest.importorskip("samtranslator")
    location = "{ApplicationId: 'arn:aws:serverlessrepo:us-east-1:1:applications/x', SemanticVersion: 1.0.0}"
    found = stack(SERVERLESS + f"  App: {{Type: AWS::Serverless::Application, Properties: {{Location: {location}}}}}\n")

    assert sorted(found.resources) == ["Hello", "HelloRole", "Queue"]
    assert [note.message for note in found.notes] == ["not read: App is in the Serverless Application Repository"]
