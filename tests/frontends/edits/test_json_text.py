"""Edits of JSON: the value changes, every other character stays."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.frontends.edits import NotEditable, apply
from onetake.model.findings import Action, Edit
from onetake.model.values import Span
from tests.frontends.edits.expected import PLACES, Place, after

TEMPLATE = """{
  "Resources": {
    "Queue": {
      "Type": "AWS::SQS::Queue",
      "Properties": { "QueueName": "jobs",   "Tags": [] }
    }
  }
}
"""
PROPERTIES = ("Resources", "Queue", "Properties")


def edited(source: str, path: tuple[str | int, ...], action: Action, value: object = None) -> str:
    return apply(source, "template.json", [Edit(Span("template.json", path), action, value)])


def test_a_value_is_replaced_where_it_stands():
    assert edited(TEMPLATE, (*PROPERTIES, "QueueName"), Action.SET, "jobs.fifo") == TEMPLATE.replace(
        '"jobs"', '"jobs.fifo"'
    )


def test_a_new_member_stands_on_the_line_of_its_siblings():
    assert edited(TEMPLATE, (*PROPERTIES, "FifoQueue"), Action.SET, True) == TEMPLATE.replace(
        '"Tags": []', '"Tags": [], "FifoQueue": true'
    )


def test_a_new_member_follows_the_indentation_of_its_siblings():
    assert edited(TEMPLATE, ("Resources", "Queue", "DependsOn"), Action.APPEND, "Key") == TEMPLATE.replace(
        '"Tags": [] }\n', '"Tags": [] },\n      "DependsOn": [\n        "Key"\n      ]\n'
    )


def test_an_empty_object_is_opened():
    assert edited('{\n    "a": {}\n}\n', ("a", "b", "c"), Action.SET, 1) == (
        '{\n    "a": {\n        "b": {\n            "c": 1\n        }\n    }\n}\n'
    )


def test_minified_text_stays_minified():
    assert edited('{"a":{"b":1}}', ("a", "c"), Action.SET, {"d": [1, 2]}) == '{"a":{"b":1,"c":{"d":[1,2]}}}'


def test_line_endings_of_windows_are_kept():
    assert edited('{\r\n  "a": 1\r\n}\r\n', ("b",), Action.SET, [1]) == (
        '{\r\n  "a": 1,\r\n  "b": [\r\n    1\r\n  ]\r\n}\r\n'
    )


@pytest.mark.parametrize("path", [("a",), ("b",), ("c",)])
def test_a_member_is_taken_away_with_its_comma(path: tuple[str]):
    source = '{\n  "a": 1,\n  "b": {"x": 2},\n  "c": 3\n}\n'
    expected = json.loads(source)
    del expected[path[0]]

    assert json.loads(edited(source, path, Action.REMOVE)) == expected


def test_a_block_may_be_written_as_a_list_of_one():
    source = '{"rule": [{"port": 1}]}'

    assert edited(source, ("rule", "port"), Action.SET, 2) == '{"rule": [{"port": 2}]}'
    assert edited(source, ("rule", "protocol"), Action.SET, "tcp") == '{"rule": [{"port": 1, "protocol": "tcp"}]}'


def test_a_single_value_becomes_a_list_when_something_is_added():
    assert edited('{"a": "x"}', ("a",), Action.APPEND, "y") == '{"a": ["x", "y"]}'


def test_nothing_is_added_to_a_list_that_a_function_makes():
    with pytest.raises(NotEditable, match="the list is made by a function"):
        edited('{"a": {"Fn::Split": [",", "x"]}}', ("a",), Action.APPEND, "y")


def test_what_is_not_there_cannot_be_removed():
    with pytest.raises(NotEditable, match="what the edit removes is not written here"):
        edited(TEMPLATE, ("Outputs",), Action.REMOVE)


def test_several_elements_are_taken_away_from_the_last_on():
    edits = [Edit(Span("x.json", ("a", index)), Action.REMOVE) for index in (0, 2)]

    assert apply('{"a": [1, 2, 3]}', "x.json", edits) == '{"a": [2]}'


TEXT = st.characters(exclude_characters="\x01", exclude_categories=["Cs"])
SCALARS = st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(TEXT, max_size=6)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(TEXT, max_size=4), inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(st.text(TEXT, max_size=4), DATA, min_size=1, max_size=4)
LAYOUTS = st.sampled_from([{}, {"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {"ensure_ascii": False}])


@given(DOCUMENTS, LAYOUTS, DATA, st.data())
def test_the_result_holds_the_expected_data_and_keeps_the_rest(
    document: dict[str, Any], layout: dict[str, Any], value: object, data: st.DataObject
):
    source = json.dumps(document, **layout)
    place: Place = data.draw(PLACES(document))
    expected = after(document, place, value)
    if expected is None:
        return
    result = edited(source, place.path, place.action, value)

    assert json.loads(result) == expected
    if place.action is Action.SET and place.exists:
        # What stands around the value is found again on both sides of it.
        marked = edited(source, place.path, Action.SET, "\x01")
        before, behind = marked.split('"\\u0001"')
        assert source.startswith(before)
        assert source.endswith(behind)
        assert result.startswith(before)
        assert result.endswith(behind)
