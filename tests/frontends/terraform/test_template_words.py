"""Texts in JSON that are no templates are refused in Terraform's words; the real one is asked, where it is."""

import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from onetake.frontends.source.interpolation import misread

PIECES = (
    "${", "${", "%{", "}", "}", "}", "$${", "%%{", "~", "if true", "if ", "for a in [1]", "for a, b in {}", "for ",
    "in ", "else", "endif", "endfor", "fi", "HOME", "a.b", "upper(", "max(1, 2)", ")", "[", "]", "1", '"', '"x"', ":",
    "-", "?", ",", " ", " ", "#", "//", "text", "$", "%", "=", "!", "é",
)  # fmt: skip
_PLACE = re.compile(r"(?<= at )(?:main\.tf\.json:\d+,\d+-(?:\d+,)?\d+|<place>)")
OF_A_VALUE = {
    "Error in function call",
    "Incorrect condition type",
    "Invalid template interpolation value",
    "Iteration over non-iterable value",
    "Invalid value for input variable",
    "Reference to undeclared resource",
    "Unsupported attribute",
}
"""What Terraform finds when it works out what an expression is worth, or looks for what it names."""


def texts(count: int, chance: random.Random) -> list[str]:
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(count)]


def said(given: list[str], folder: Path) -> list[list[tuple[str, str]]]:
    """What Terraform says of each text, first to last."""
    found: list[list[tuple[str, str]]] = [[] for _ in given]
    # One to a line, since a place in a file of JSON is told by its line alone.
    lines = ",\n".join(f'"t{number}": {json.dumps(text)}' for number, text in enumerate(given))
    (folder / "main.tf.json").write_text(f'{{"locals": {{\n{lines}\n}}}}', encoding="utf-8")
    told = subprocess.run(  # whichever is installed
        ["terraform", "validate", "-json"], cwd=folder, capture_output=True, text=True, check=False
    )
    for one in json.loads(told.stdout)["diagnostics"]:
        found[one["range"]["start"]["line"] - 2].append((one["summary"], _PLACE.sub("<place>", one["detail"])))
    return found


BROKEN = (
    "${upper(a.bendfor",
    "${upper(",
    "${upper(a,",
    "${[ in ",
    "${[",
    "${[1,",
    "${[for ",
    "${[for a,",
    "${[for a",
    "${[for a in",
    "${[for a in b",
    "${[for a in b :",
    "${{",
    "${{a",
    "${{a = 1",
    "${{a = 1,",
    "${{for a in b",
    "${{for a in b: c",
    "${{for a in b: c =>",
    "${a[",
    "${a[1",
    "${a.",
    "${(",
    "${(a",
    "${a[*",
    "${ a ? ",
    "${ a ? b",
    "${a ? b :",
    "${1 %{",
    '${"x',
    '${"x${',
    "${!",
    "${-",
    "${a ==",
    "${a.b[*].",
    "${x...",
    "${f(x...",
    "${f(x...)",
    "${%{",
    "${<<E",
    "${a ? b : c d",
    "${[1 2]}",
    "${{a 1}}",
    "${{a = 1 b = 2}}",
    "${f(1 2)}",
    "${[for in b : c]}",
    "${[for a b : c]}",
    "${[for a, in b: c]}",
    "${[for a in b c]}",
    "${{for a in b : c}}",
)
"""Each way in which an expression can end too early, or go on too long."""

needs_terraform = pytest.mark.skipif(shutil.which("terraform") is None, reason="no terraform on PATH")


@needs_terraform
def test_the_real_one_says_the_same_of_each_way_to_break_an_expression(tmp_path: Path):
    for text, theirs in zip(BROKEN, said(list(BROKEN), tmp_path), strict=True):
        ours = misread(text)
        assert ours is not None
        assert (ours.summary, ours.detail) in theirs, text


@needs_terraform
def test_the_real_one_judges_random_texts_the_same(tmp_path: Path):
    """Refused or not, always; in the same words but for one in a hundred: of two mistakes it may tell another one."""
    given = texts(1500, random.Random(7))
    refused, otherwise = 0, []
    for text, theirs in zip(given, said(given, tmp_path), strict=True):
        ours = misread(text)
        of_the_text = {summary for summary, _ in theirs} - OF_A_VALUE
        assert (ours is not None) == bool(of_the_text), (text, ours, theirs)
        refused += ours is not None
        if ours is not None and (ours.summary, ours.detail) not in theirs:
            otherwise.append((text, ours, theirs))
    assert refused > len(given) / 4
    assert len(otherwise) <= refused / 100, otherwise
