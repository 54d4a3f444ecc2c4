"""Places in JSON and YAML files."""

import contextlib
import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onetake.frontends.files import Limits
from onetake.frontends.json_source import JsonProblem, JsonSource, parse, repeated_keys
from onetake.frontends.yaml_source import YamlProblem, YamlSource
from onetake.model.findings import Position
from onetake.model.values import Key

LIMITS = Limits()
SCALARS = st.none() | st.booleans() | st.integers(-99, 99) | st.text("ab \"'\\{}[],:é\n", max_size=5)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('abc é"\\:', max_size=3), inner, max_size=4),
    max_leaves=15,
)


def paths(data: Any, path: tuple[Key, ...] = ()) -> list[tuple[Key, ...]]:
    members = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(inner for key, item in members for inner in paths(item, (*path, key)))]


@given(DOCUMENTS, st.sampled_from([None, 1, 3]))
def test_json_is_found_where_yaml_finds_it(data: Any, indent: int | None) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    one, other = JsonSource(text), YamlSource(text, LIMITS)

    assert {path: one.locate(path) for path in paths(data)} == {path: other.locate(path) for path in paths(data)}


@given(DOCUMENTS, st.booleans())
def test_yaml_reads_what_was_written(data: Any, flow: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True)

    assert YamlSource(text, LIMITS).data == data


@given(DOCUMENTS, st.booleans())
def test_what_stands_at_a_place_is_the_value(data: Any, flow: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, default_style='"')
    source = YamlSource(text, LIMITS)
    for path in paths(data):
        place = source.locate(path)
        assert place is not None
        lines = text.splitlines()[place.line - 1 : place.end_line]
        lines[-1] = lines[-1][: place.end_column - 1]
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert lines[0][place.column - 1 :].strip()


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(YamlProblem):
        YamlSource(text, LIMITS).locate(("a", 0))
    with contextlib.suppress(JsonProblem):
        parse(text, 100)
    JsonSource(text).locate(("a", 0))


YAML = """\
Resources:
  Role:  # the role
    Type: AWS::IAM::Role
    Properties:
      Name: !Sub
        - "${a}"
        - {a: !Ref X}
      Text: |
        one

        two

  Last: !GetAtt Role.Arn
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), Position(1, 1, 13, 25)),
        (("Resources", "Role"), Position(2, 3, 11, 12)),
        (("Resources", "Role", "Type"), Position(3, 5, 3, 25)),
        (("Resources", "Role", "Properties", "Name"), Position(5, 7, 7, 22)),
        (("Resources", "Role", "Properties", "Name", "Fn::Sub"), Position(5, 7, 7, 22)),
        (("Resources", "Role", "Properties", "Name", "Fn::Sub", 1, "a"), Position(7, 12, 7, 21)),
        (("Resources", "Role", "Properties", "Text"), Position(8, 7, 11, 12)),
        (("Resources", "Last", "Fn::GetAtt", 1), Position(13, 3, 13, 25)),
        (("Resources", "Role", "Missing"), Position(2, 3, 11, 12)),
        (("Resources", "Role", "Properties", "Name", "Fn::Sub", 9), Position(5, 7, 7, 22)),
    ],
)
def test_a_yaml_value_stands_at(path: tuple[Key, ...], expected: Position) -> None:
    assert YamlSource(YAML, LIMITS).locate(path) == expected


def test_tags_are_written_out() -> None:
    text = "[!Ref A, !GetAtt A.B.C, !Condition C, !Sub [a, {b: !Ref C}], !GetAZs '', !Cidr [a, 1]]"

    assert YamlSource(text, LIMITS).data == [
        {"Ref": "A"},
        {"Fn::GetAtt": ["A", "B.C"]},
        {"Condition": "C"},
        {"Fn::Sub": ["a", {"b": {"Ref": "C"}}]},
        {"Fn::GetAZs": ""},
        {"Fn::Cidr": ["a", 1]},
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("yes", True),
        ("Off", False),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-1_000", -1000),
        ("012345678901", "012345678901"),
        ("2012-10-17", "2012-10-17"),
        ("8.0", "8.0"),
        ("22:22", "22:22"),
        ("0x1F", "0x1F"),
        ("'yes'", "yes"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("y", "y"),
    ],
)
def test_a_plain_scalar_means(written: str, expected: object) -> None:
    assert YamlSource(f"a: {written}", LIMITS).data == {"a": expected}


def test_aliases_and_merges_are_resolved_and_remembered() -> None:
    source = YamlSource("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n", LIMITS)

    assert source.data == {"a": {"x": 1, "y": 2}, "b": {"y": 3, "x": 1}, "c": {"x": 1, "y": 2}}
    assert source.aliases == [Position(2, 9, 2, 11), Position(3, 4, 3, 6)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [", ("did not find expected node content", 2, 1)),
        ("a: *b", ("the alias *b has no anchor before it", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("it holds more than one document", 2, 1)),
        ("{[a]: 1}", ("a key that is no text", 1, 2)),
        ("[" * 300, ("it is nested deeper than 200 levels", 1, 201)),
    ],
)
def test_yaml_is_refused_with_its_place(text: str, problem: tuple[str, int, int]) -> None:
    with pytest.raises(YamlProblem) as caught:
        YamlSource(text, LIMITS)

    assert (caught.value.message, caught.value.line, caught.value.column) == problem


def test_aliases_that_multiply_are_refused() -> None:
    lines = [f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 10)}]" for n in range(1, 9)]

    with pytest.raises(YamlProblem, match="aliases expand to too much"):
        YamlSource("\n".join(["k0: &k0 [1]", *lines]), LIMITS)


def test_python_s_own_parser_serves_where_libyaml_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml._yaml", None)

    assert YamlSource(YAML, LIMITS).locate(("Resources", "Role", "Type")) == Position(3, 5, 3, 25)


def test_repeated_keys_have_their_path_and_place() -> None:
    text = '{"a": {"b": 1, "c": [{"d": 1, "d": 2}], "b": 2}}'

    assert repeated_keys(text) == [(("a", "c", 0), "d", text.rindex('"d"')), (("a",), "b", text.rindex('"b"'))]
    assert repeated_keys('{"a": {"b": 1}, "b": 1}') == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a" 1}', ("Expecting ':' delimiter", 1, 6)),
        ("[NaN]", ("NaN is not a JSON value", 1, 1)),
        ("[" * 300 + "]" * 300, ("it is nested deeper than 200 levels", 1, 1)),
    ],
)
def test_json_is_refused_with_its_place(text: str, problem: tuple[str, int, int]) -> None:
    with pytest.raises(JsonProblem) as caught:
        parse(text, 200)

    assert (caught.value.message, caught.value.line, caught.value.column) == problem


def test_lines_are_counted_alike_however_often_they_are_asked_for() -> None:
    text = '{"a": [1,\n 2],\r\n\n  "b": {"c": "d"}}\n'
    source = JsonSource(text)

    for path in (("a",), ("a", 1), ("b",), ("b", "c"), ()):
        start, end = source.range(path)
        before, until = text[:start], text[:end]
        assert source.locate(path) == Position(
            before.count("\n") + 1, start - before.rfind("\n"), until.count("\n") + 1, end - until.rfind("\n")
        )
