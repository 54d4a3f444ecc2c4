"""What is said of a call before its arguments are known holds for every call that Terraform carried out."""

import json
from pathlib import Path

import pytest

from onetake.frontends.terraform.functions import FunctionError, Undetermined, call, promise
from onetake.frontends.terraform.functions.types import type_of
from onetake.frontends.terraform.functions.unifying import Type, converts
from onetake.frontends.terraform.functions.values import Later
from tests.frontends.terraform.functions.test_recorded import Recorded, plain

ROWS = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))
TAKEN = [(name, [plain(value) for value in given]) for name, given, said in ROWS if "value" in said]


def unknown(arguments: list[object], which: int) -> list[object]:
    """The arguments, of which all, or those at every other place, are not known."""
    return [
        argument if argument is None or (which and place % 2 != which % 2) else Later(type_of(argument))
        for place, argument in enumerate(arguments)
    ]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_no_call_that_terraform_takes_is_refused_for_the_types_of_its_arguments(which: int) -> None:
    refused = []
    for name, arguments in TAKEN:
        try:
            promise(name, unknown(arguments, which))
        except FunctionError as error:
            refused.append((name, arguments, error.message))
        except Undetermined:
            continue
    assert len(TAKEN) > 1_500
    assert refused == []


def test_results_are_of_the_type_that_was_promised() -> None:
    broken: list[tuple[str, list[object], Type, Type]] = []
    told = 0
    for name, arguments in TAKEN:
        try:
            result = call(name, arguments, files=Recorded())
            promised = promise(name, unknown(arguments, 0))
        except (FunctionError, Undetermined):
            continue
        told += promised != "any"
        if result is not None and not same(type_of(result), promised):
            broken.append((name, arguments, type_of(result), promised))
    assert told > 1_400
    assert broken == []


def same(kind: Type, promised: Type) -> bool:
    """Are two types the same, where neither is left open?"""
    match kind, promised:
        case ("any", _) | (_, "any"):
            return True
        case ("object", dict() as one), ("object", dict() as other):
            return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
        case ("tuple", tuple() as one), ("tuple", tuple() as other):
            return len(one) == len(other) and all(map(same, one, other))
        case ("list" | "set" | "map" as shape, one), (other_shape, other):
            return shape == other_shape and same(one, other)
        case _:
            return kind == promised


@pytest.mark.parametrize(
    ("name", "kinds", "message"),
    [
        ("merge", ["string"], 'Call to function "merge" failed: arguments must be maps or objects, got "string".'),
        (
            "alltrue",
            [("list", "string"), "string"],
            'Function "alltrue" expects only 1 argument(s).',
        ),
        ("alltrue", ["bool"], 'Invalid value for "list" parameter: list of bool required.'),
        ("tobool", ["number"], 'Invalid value for "v" parameter: cannot convert number to bool.'),
        (
            "tolist",
            ["string"],
            'Invalid value for "v" parameter: cannot convert string to list of any single type.',
        ),
        (
            "reverse",
            ["string"],
            'Invalid value for "list" parameter: can only reverse list or tuple values, not string.',
        ),
        ("values", ["string"], 'Call to function "values" failed: values() requires a map as the first argument.'),
        (
            "setproduct",
            [("map", "string")],
            'Call to function "setproduct" failed: at least two arguments are required.',
        ),
    ],
)
def test_calls_are_refused_in_terraforms_words_before_anything_is_known(
    name: str, kinds: list[Type], message: str
) -> None:
    with pytest.raises(FunctionError) as caught:
        promise(name, [Later(kind) for kind in kinds])
    assert caught.value.message == message


def test_a_type_that_is_not_known_is_refused_nowhere() -> None:
    for name, arguments in TAKEN:
        try:
            promise(name, [Later("any") for _ in arguments])
        except Undetermined:
            continue
    assert converts("any", "number")
