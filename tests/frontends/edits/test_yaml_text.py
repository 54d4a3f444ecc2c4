"""Edits of YAML: comments, quotes and layout outside the edited value stay."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onetake.frontends.edits import NotEditable, apply
from onetake.model.findings import Action, Edit
from onetake.model.values import Span
from tests.frontends.edits.expected import PLACES, Place, after

TEMPLATE = """\
# The jobs.
Resources:
  Queue: # where they wait
    Type: AWS::SQS::Queue
    Properties:
      QueueName: 'jobs'   # short
      Tags:
        - Key: a
          Value: !Ref Stage

        # the last one
        - {Key: b, Value: c}
  # And who does them.
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          print("hello")

      Runtime:
"""
QUEUE = ("Resources", "Queue", "Properties")
WORKER = ("Resources", "Worker", "Properties")


def edited(source: str, path: tuple[str | int, ...], action: Action, value: object = None) -> str:
    return apply(source, "template.yaml", [Edit(Span("template.yaml", path), action, value)])


def swap(old: str, new: str) -> str:
    assert TEMPLATE.count(old) == 1
    return TEMPLATE.replace(old, new)


def test_a_text_keeps_its_quotes_and_its_comment():
    assert edited(TEMPLATE, (*QUEUE, "QueueName"), Action.SET, "jobs.fifo") == swap("'jobs'", "'jobs.fifo'")


def test_a_key_is_added_below_its_last_neighbour():
    assert edited(TEMPLATE, (*QUEUE, "FifoQueue"), Action.SET, True) == swap(
        "        - {Key: b, Value: c}\n", "        - {Key: b, Value: c}\n      FifoQueue: true\n"
    )


def test_functions_are_written_as_the_file_writes_them():
    assert edited(TEMPLATE, (*WORKER, "Role"), Action.SET, {"Fn::GetAtt": ["Role", "Arn"]}) == swap(
        "      Runtime:\n", "      Runtime:\n      Role: !GetAtt Role.Arn\n"
    )


def test_functions_are_written_out_where_the_file_writes_them_out():
    assert edited("A:\n  B: 1\n", ("A", "C"), Action.SET, {"Ref": "Q"}) == "A:\n  B: 1\n  C:\n    Ref: Q\n"


def test_an_empty_value_is_filled_in():
    assert edited(TEMPLATE, (*WORKER, "Runtime"), Action.SET, "python3.13") == swap("Runtime:", "Runtime: python3.13")


def test_a_text_that_looks_like_a_number_is_quoted():
    assert edited("A: x\n", ("A",), Action.SET, "012345678901") == 'A: "012345678901"\n'


def test_a_list_grows_behind_its_last_item():
    value = {"Key": "d", "Value": {"Ref": "Stage"}}

    assert edited(TEMPLATE, (*QUEUE, "Tags"), Action.APPEND, value) == swap(
        "        - {Key: b, Value: c}\n",
        "        - {Key: b, Value: c}\n        - Key: d\n          Value: !Ref Stage\n",
    )


def test_a_list_is_made_where_there_is_none():
    assert edited(TEMPLATE, ("Resources", "Worker", "DependsOn"), Action.APPEND, "Queue") == swap(
        "      Runtime:\n", "      Runtime:\n    DependsOn:\n      - Queue\n"
    )


def test_an_inner_key_is_added_inside_braces():
    assert edited(TEMPLATE, (*QUEUE, "Tags", 1, "Extra"), Action.SET, [1]) == swap("Value: c}", "Value: c, Extra: [1]}")


def test_a_key_goes_with_its_line():
    assert edited(TEMPLATE, (*QUEUE, "QueueName"), Action.REMOVE) == swap("      QueueName: 'jobs'   # short\n", "")


def test_the_first_key_of_an_item_goes_and_the_dash_stays():
    assert edited(TEMPLATE, (*QUEUE, "Tags", 0, "Key"), Action.REMOVE) == swap(
        "- Key: a\n          Value: !Ref Stage", "- Value: !Ref Stage"
    )


def test_an_item_goes_with_all_its_lines():
    assert edited(TEMPLATE, (*QUEUE, "Tags", 0), Action.REMOVE) == swap(
        "        - Key: a\n          Value: !Ref Stage\n", ""
    )


def test_what_an_anchor_shares_is_not_touched():
    with pytest.raises(NotEditable, match="used in several places through an anchor"):
        edited("A: &a {x: 1}\nB: *a\n", ("B", "x"), Action.SET, 2)


def test_a_list_that_a_function_makes_is_not_extended():
    with pytest.raises(NotEditable, match="the list is made by a function"):
        edited("A: !Ref X\n", ("A",), Action.APPEND, 1)


TEXT = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]) | st.sampled_from("é\n"), max_size=6)
SCALARS = st.none() | st.booleans() | st.integers(-1000, 1000) | TEXT
KEYS = st.text("abcdXYZ-_ :#'", min_size=1, max_size=4)
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
DOCUMENTS = st.dictionaries(KEYS, DATA, min_size=1, max_size=4)


class Indented(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and False)


LAYOUTS = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([False, False, None, True]),
        "indent": st.sampled_from([2, 4]),
        "default_style": st.sampled_from([None, None, "'", '"']),
        "Dumper": st.sampled_from([yaml.SafeDumper, Indented]),
        "explicit_start": st.booleans(),
    }
)


@given(DOCUMENTS, LAYOUTS, DATA, st.data())
def test_the_result_holds_the_expected_data(
    document: dict[str, Any], layout: dict[str, Any], value: object, data: st.DataObject
):
    source = yaml.dump(document, allow_unicode=True, sort_keys=False, **layout)
    place: Place = data.draw(PLACES(document))
    expected = after(document, place, value)
    if expected is None:
        return
    try:
        result = edited(source, place.path, place.action, value)
    except NotEditable:
        return

    assert yaml.safe_load(result) == expected


@given(DOCUMENTS, LAYOUTS, SCALARS, st.data())
def test_every_character_outside_the_edited_value_stays(
    document: dict[str, Any], layout: dict[str, Any], value: object, data: st.DataObject
):
    source = yaml.dump(document, allow_unicode=True, sort_keys=False, **layout)
    place = data.draw(PLACES(document).filter(lambda place: place.exists and place.action is Action.SET))
    node: Any = yaml.compose(source)
    for key in place.path:
        if isinstance(node, yaml.MappingNode):
            node = next(inner for name, inner in node.value if name.value == key)
        else:
            node = node.value[key]
    result = edited(source, place.path, place.action, value)

    assert result.startswith(source[: node.start_mark.index].rstrip())
    assert result.endswith(source[node.end_mark.index :])
