"""Records behave like the data classes that they stand for."""

import pickle
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.model import records
from onetake.model.records import names, record, replace

VALUES = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.tuples(st.integers()))


class Body:
    """The same class for both decorators."""

    first: object
    second: object = "unset"


def bodies(**options: Any) -> tuple[Any, Any]:
    annotations, defaults = dict(Body.__annotations__), {"second": Body.second, "__qualname__": "Body"}
    made = [type("Body", (), {**defaults, "__annotations__": annotations}) for _ in range(2)]
    return record(**options)(made[0]), dataclass(**{"frozen": True, "slots": True, **options})(made[1])


@given(VALUES, VALUES, VALUES)
def test_values_comparison_hash_and_text_are_those_of_a_data_class(one: object, two: object, other: object) -> None:
    ours, theirs = bodies()

    assert repr(ours(one, two)) == repr(theirs(one, two))
    assert repr(ours(one)) == repr(theirs(one))
    assert (ours(one, two) == ours(other, two)) == (theirs(one, two) == theirs(other, two))
    assert hash(ours(one, two)) == hash(theirs(one, two))
    assert ours(one, two) != theirs(one, two)
    assert ours.__match_args__ == theirs.__match_args__ == names(ours(one))


@given(VALUES, VALUES)
def test_a_copy_differs_in_what_was_changed(one: object, other: object) -> None:
    ours, _ = bodies()

    assert replace(ours(one), first=other) == ours(other)
    assert pickle.loads(pickle.dumps(One(one))) == One(one)


@record
class One:
    value: object


def test_wrong_arguments_are_refused_as_ever() -> None:
    ours, theirs = bodies()
    for arguments, named in (((), {}), ((1, 2, 3), {}), ((1,), {"third": 3}), ((1,), {"first": 1})):
        with pytest.raises(TypeError) as expected:
            theirs(*arguments, **named)
        with pytest.raises(TypeError) as raised:
            ours(*arguments, **named)
        assert str(raised.value) == str(expected.value)


def test_a_record_has_no_room_for_anything_else() -> None:
    ours, _ = bodies()
    with pytest.raises(AttributeError):
        ours(1).third = 3


def test_what_changes_cannot_be_hashed_and_what_has_no_equality_is_only_itself() -> None:
    mutable, _ = bodies(frozen=False)
    single, _ = bodies(eq=False)

    with pytest.raises(TypeError, match="unhashable"):
        hash(mutable(1))
    assert single(1) != single(1)
    assert hash(single(1)) is not None


def test_defaults_are_made_anew_and_left_out_fields_do_not_count() -> None:
    @record(frozen=False)
    class Bag:
        items: list[int] = records.field(default_factory=list)
        note: str = records.field(default="", compare=False, repr=False)

    @dataclass
    class Plain:
        items: list[int] = field(default_factory=list)
        note: str = field(default="", compare=False, repr=False)

    Bag().items.append(1)
    assert Bag().items == []
    assert Bag([1], "a") == Bag([1], "b")
    assert repr(Bag([1], "a")).partition("(")[2] == repr(Plain([1], "a")).partition("(")[2]
