"""However a plan is mutilated, it is read or refused; nothing else happens."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.fuzz_targets import TARGETS

SEEDS = Path(__file__).parent.parent.parent / "fuzz" / "seeds" / "plan"
PLANS = [json.loads(path.read_text()) for path in sorted(SEEDS.glob("*.json"))]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
ODD = st.recursive(
    SCALARS | st.sampled_from(["module.net.first", "var.vpc", "aws_vpc.main", 'aws_subnet.s["', "local.x", "[0]", "."]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["references", "constant_value", "expressions", "id", "arn", "actions", "type", "address"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] * bool(path) + [one for key, value in inner for one in places(value, (*path, key))]


PLACES = [places(plan) for plan in PLANS]


@st.composite
def mutilated(draw: st.DrawFn) -> Any:
    number = draw(st.integers(0, len(PLANS) - 1))
    plan = copy.deepcopy(PLANS[number])
    for *path, last in draw(st.lists(st.sampled_from(PLACES[number]), min_size=1, max_size=4)):
        inner = plan
        try:
            for key in path:
                inner = inner[key]
            if draw(st.booleans()):
                inner[last] = draw(ODD)
            else:
                del inner[last]
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took it away
    return plan


@settings(max_examples=300, deadline=None)
@given(mutilated())
def test_a_mutilated_plan_is_read_or_refused(plan: Any):
    TARGETS["plan"](json.dumps(plan).encode())
