"""Whatever the text, reading it ends with a stack, findings, or an error of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onetake.frontends import terraform
from onetake.frontends.files import Options, Unreadable
from onetake.frontends.terraform.syntax.bodies import parse_file
from onetake.frontends.terraform.syntax.nodes import Literal, SyntaxProblem
from onetake.frontends.terraform.syntax.templates import parse_expression, parse_text
from onetake.model.values import plain, walk
from tests.frontends.terraform.programs import read

PIECES = st.sampled_from(
    [
        *'{}[]()"\n ,=.:?!*+-/<>&|%$~#\\1',
        "${",
        "%{",
        "<<EOT\n",
        "EOT\n",
        "a",
        "aws_vpc.v",
        "each.value",
        "var.x",
        "local.l",
        "for x in ",
        " if ",
        "endif",
        "endfor",
        "true",
        "null",
        "...",
        "=>",
        "==",
        'resource "a" "b" {\n',
        "locals {\n",
        "jsonencode(",
        "/*",
        "//",
    ]
)
SOUP = st.lists(PIECES, max_size=40).map("".join)


@given(SOUP)
def test_an_expression_is_parsed_or_refused_with_a_place(text: str) -> None:
    for parse in (parse_expression, parse_text):
        try:
            found = parse(text)
        except SyntaxProblem as error:
            place = error.problem.start
        else:
            place = found.start
            assert found.start <= found.end <= len(text)
        assert 0 <= place <= len(text)


@given(SOUP)
def test_a_file_is_always_parsed_with_every_problem_inside_it(text: str) -> None:
    _, problems = parse_file(text)

    assert all(0 <= problem.start <= len(text) + 1 for problem in problems)


@pytest.mark.parametrize("ending", ["tf", "tf.json"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(SOUP)
def test_a_program_is_always_read_to_its_end(tmp_path: Path, ending: str, text: str) -> None:
    if ending == "tf.json":
        text = json.dumps({"resource": {"aws_vpc": {"v": {"x": text}}}, "locals": {"l": text}, text: [text]})
    else:
        text = f'resource "aws_vpc" "v" {{\n  x = 1\n}}\n{text}'
    (tmp_path / f"main.{ending}").write_text(text)
    try:
        (stack,) = terraform.read(tmp_path, Options(root=tmp_path))
    except Unreadable:
        return
    for resource in stack.resources.values():
        resource.references()
        for value in resource.arguments.values():
            assert all(stack.position(inner.where) for inner in walk(value))


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(DATA)
def test_literal_json_is_read_as_it_is(tmp_path: Path, data: object) -> None:
    text = json.dumps({"output": {"o": {"value": _escaped(data)}}})
    stack = read(tmp_path, {"main.tf.json": text})

    assert plain(stack.outputs["o"]) == data


def _escaped(data: object) -> object:
    match data:
        case str():
            return data.replace("${", "$${").replace("%{", "%%{")
        case list():
            return [_escaped(item) for item in data]
        case dict():
            return {_escaped(name): _escaped(inner) for name, inner in data.items()}
        case _:
            return data


@given(st.text(max_size=30))
def test_a_quoted_text_is_the_text(text: str) -> None:
    quoted = json.dumps(text).replace("${", "$${").replace("%{", "%%{")
    node = parse_expression(_without_surrogates(quoted))

    assert isinstance(node, Literal)
    assert node.value == normalize("NFC", text)


def _without_surrogates(quoted: str) -> str:
    """JSON writes a character beyond the first 65,536 as two; Terraform has an escape of its own for it."""
    written = json.dumps(json.loads(quoted), ensure_ascii=False)
    return re.sub(r"\\(.)", lambda escape: _UNKNOWN_TO_TERRAFORM.get(escape[1], escape[0]), written)


_UNKNOWN_TO_TERRAFORM = {"b": "\\u0008", "f": "\\u000c"}
"""Escapes of JSON for which Terraform has only the number."""
