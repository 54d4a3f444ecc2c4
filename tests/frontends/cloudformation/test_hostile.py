"""Whatever the input: a stack or ``Unreadable``, in bounded time, never anything else."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onetake.frontends import cloudformation
from onetake.frontends.files import Options, Unreadable
from onetake.model.values import walk

NAMES = st.sampled_from(["A", "B", "Type", "Properties", "Condition", "Ref", "X", "Fn::ForEach::L", "Default"])
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.sampled_from(["A", "B", "AWS::NoValue", "A.Arn", "${A.Arn}-${X}"])
)
FUNCTIONS = st.sampled_from(
    [
        *("Ref", "Condition", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::If", "Fn::Equals"),
        *("Fn::And", "Fn::Or", "Fn::Not", "Fn::FindInMap", "Fn::Base64", "Fn::Cidr", "Fn::GetAZs", "Fn::Length"),
        *("Fn::ImportValue", "Fn::ToJsonString", "Fn::Transform", "Fn::ForEach::L"),
    ]
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(NAMES, inner, max_size=3)
        | st.builds(lambda name, argument: {name: argument}, FUNCTIONS, inner)
    ),
    max_leaves=20,
)
RESOURCE = st.fixed_dictionaries(
    {"Type": st.sampled_from(["AWS::S3::Bucket", "AWS::CloudFormation::Stack"]), "Properties": DATA},
    optional={"Condition": SCALARS, "DependsOn": DATA, "Metadata": DATA, "DeletionPolicy": DATA},
)
TEMPLATES = st.fixed_dictionaries(
    {"Resources": st.dictionaries(NAMES, RESOURCE | DATA, max_size=4)},
    optional={
        "Transform": st.sampled_from(["AWS::LanguageExtensions", ["X"], {"Name": "AWS::Include"}]),
        "Parameters": st.dictionaries(NAMES, DATA, max_size=3),
        "Conditions": st.dictionaries(NAMES, DATA, max_size=3),
        "Mappings": DATA,
        "Outputs": st.dictionaries(NAMES, DATA, max_size=3),
    },
)


def read(content: bytes, name: str) -> None:
    """Read ``content`` and evaluate everything in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            found = cloudformation.read(path, Options(root=Path(folder), parameters={"A": "1", "X": "x,y"}))
        except Unreadable:
            return
        for stack in found:
            for resource in stack.resources.values():
                for value in [*resource.arguments.values(), *resource.settings.values()]:
                    for inner in walk(value):
                        stack.position(inner.where)
            assert all(isinstance(edge, frozenset) for edge in stack.graph.edges.values())
            list(stack.outputs.values())


@given(st.binary(max_size=200), st.sampled_from(["t.yaml", "t.json"]))
def test_any_bytes(content: bytes, name: str) -> None:
    read(content, name)


@given(
    st.text("AaRef:!&*-[]{},'\"| \n\t0<", max_size=80).map(lambda text: f"Resources:\n  A: {{Type: AWS::X}}\n{text}")
)
def test_any_text_that_looks_like_yaml(text: str) -> None:
    read(text.encode(), "t.yaml")


@settings(max_examples=300)
@given(TEMPLATES)
def test_any_data_in_the_form_of_a_template(data: object) -> None:
    read(json.dumps(data).encode(), "t.json")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "- " * 100_000,
        '{"Resources": ' + "[" * 100_000,
        "a: &a [x, x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)),
        "Resources: &a\n  B: *a\n",
        "Resources: {? [a]: 1}",
        '{"a": NaN, "Resources": {}}',
        "\x00",
        "Resources: {A: {Type: AWS::X, Properties: {B: !Sub '" + "${A}" * 20_000 + "'}}}",
    ],
)
def test_input_that_asks_for_too_much(text: str) -> None:
    read(text.encode(), "t.yaml")
