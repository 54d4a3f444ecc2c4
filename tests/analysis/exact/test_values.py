"""Values of programs as providers take them."""

from __future__ import annotations

import pytest

pytest.importorskip("msgpack")

from onetake.analysis.exact.values import Unsuitable, certain, configuration, converted
from onetake.knowledge.terraform import resource_schema
from onetake.knowledge.terraform.types import parse
from onetake.model.values import Absent, Gap, Known, Reference, Span, Unknown, Value
from onetake.providers.values import UNKNOWN

HERE = Span("main.tf")


def known(value: object) -> Known[object]:
    return Known(value, HERE)


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (known(8080), "string", "8080"),
        (known(True), "string", "true"),
        (known("8080"), "number", 8080),
        (known("true"), "bool", True),
        (known((known("a"), known(1))), ["set", "string"], ["a", "1"]),
        (known({"a": known(1)}), ["map", "string"], {"a": "1"}),
        (known({"a": known(1)}), ["object", {"a": "number", "b": "string"}], {"a": 1, "b": None}),
        (Absent(HERE), "string", None),
        (Unknown("later", HERE, (Gap("x"),)), ["list", "string"], UNKNOWN),
        (Known((known("a"),), HERE, Reference("aws_vpc.a", "tags")), ["list", "string"], UNKNOWN),
    ],
)
def test_values_get_the_type_of_their_argument(value: Value[object], type_: object, expected: object) -> None:
    assert converted(value, parse(type_)) == expected


@pytest.mark.parametrize(
    ("value", "type_"),
    [("x", "number"), ("x", "bool"), (1, "bool"), ("x", ["list", "string"]), ((known("a"),), "string"), ({}, "string")],
)
def test_what_terraform_refuses_is_not_passed_on(value: object, type_: object) -> None:
    with pytest.raises(Unsuitable):
        converted(known(value), parse(type_))


def test_a_configuration_has_every_name_of_its_type() -> None:
    schema = resource_schema("aws_security_group", "5.100.0")
    assert schema is not None

    data = configuration({"name": known("web"), "timeouts": known((known({"create": known("5m")}),))}, schema.body)

    assert data["name"] == "web"
    assert data["description"] is None
    assert data["timeouts"] == {"create": "5m", "delete": None}
    assert data.keys() == set(schema.body.names)


def test_what_is_unknown_anywhere_makes_a_configuration_uncertain() -> None:
    assert certain({"a": [1, {"b": None}]})
    assert not certain({"a": [1, {"b": UNKNOWN}]})
