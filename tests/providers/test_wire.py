"""Protocol buffers and msgpack as the plugin protocol uses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema, NestedBlock, Nesting
from onetake.knowledge.terraform.types import Type
from onetake.providers.messages import path
from onetake.providers.values import UNKNOWN, complete, decode, encode
from onetake.providers.wire import Malformed, field, fields, present, varint


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 2**63 - 1) | st.binary(min_size=1, max_size=300))))
def test_fields_are_read_back(some):
    assert list(fields(b"".join(field(number, value) for number, value in some))) == some


@given(st.binary(max_size=60))
def test_any_bytes_are_fields_or_malformed(content):
    try:
        for number, value in fields(content):
            assert isinstance(number, int)
            assert isinstance(value, (int, bytes))
    except Malformed:
        pass


def test_numbers_are_written_as_protocol_buffers_write_them():
    assert varint(300) == b"\xac\x02"
    assert varint(-1) == b"\xff" * 9 + b"\x01"
    assert field(1, 0) == b""
    assert field(2, "testing") == b"\x12\x07testing"
    with pytest.raises(Malformed, match="cut short"):
        list(fields(present(1, b"abc")[:-1]))


def test_paths_have_names_and_numbers():
    steps = [field(1, "rule"), b"", field(3, 2), field(2, "key")]
    assert path(b"".join(present(1, step) for step in steps)) == ("rule", 0, 2, "key")
    assert path(present(1, b"\x18\x00")) == (0,)


def test_unknown_values_survive():
    value = {"a": UNKNOWN, "b": [1, UNKNOWN, None, 1.5, "x"]}
    assert decode(encode(value)) == value
    assert decode(b"") is None
    assert repr(UNKNOWN) == "UNKNOWN"
    with pytest.raises(TypeError, match="not a value"):
        encode(object())


def test_a_configuration_is_completed_as_terraform_completes_it():
    inner = BlockSchema({"x": AttributeSchema("x", Type("string"))}, {})
    blocks = {mode.value: NestedBlock(mode.value, mode, inner) for mode in Nesting}
    body = BlockSchema({"name": AttributeSchema("name", Type("string"))}, blocks)

    assert complete({}, body) == {
        "name": None, "single": None, "group": {"x": None}, "list": [], "set": [], "map": {}
    }  # fmt: skip
    given_ = {"name": "n", "single": {}, "list": [{"x": "1"}, UNKNOWN], "set": UNKNOWN, "map": {"k": {}}, "other": 1}
    assert complete(given_, body) == {
        "name": "n",
        "single": {"x": None},
        "group": {"x": None},
        "list": [{"x": "1"}, UNKNOWN],
        "set": UNKNOWN,
        "map": {"k": {"x": None}},
    }
