"""Expressions have the values that Terraform gave them; recorded by ``tools/oracle_language/expressions.py``."""

import json
from pathlib import Path

import pytest

from tools.oracle_language import surroundings
from tools.oracle_language.answering import Asked

ROWS = json.loads(Path(__file__).with_name("expressions.json").read_text(encoding="utf-8"))
AROUND = {"known": surroundings.KNOWN, "unknown": surroundings.KNOWN + surroundings.UNKNOWN}


@pytest.mark.parametrize("which", sorted(AROUND))
def test_expressions_have_the_values_that_terraform_gave_them(which: str) -> None:
    asked = Asked(AROUND[which])
    different = []
    for kind, expression, theirs in ROWS:
        if kind != which:
            continue
        ours = asked.answer(expression)
        if isinstance(theirs, dict):
            same = ours.get("error") == theirs["error"]
        else:
            same = theirs in (ours.get("value"), ours.get("untyped"))
        if not same and theirs != "infinite":
            different.append((expression, theirs, ours))
    assert different == []


def test_the_sample_holds_every_kind_of_answer() -> None:
    answers = [theirs for _, _, theirs in ROWS]
    assert len(ROWS) >= 1_400
    assert sum(isinstance(one, dict) for one in answers) > 300
    for sign in ("list[", "set[", "map{", "null", "?", "0.3333333333"):
        assert any(isinstance(one, str) and sign in one for one in answers), sign
