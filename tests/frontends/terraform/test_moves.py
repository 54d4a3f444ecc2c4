"""Moves of things that are still there: ``moves/terraform.json`` is what ``terraform plan -json`` said of ``moves``."""

import json
from pathlib import Path

from onetake.api import check

MOVES = Path(__file__).parent / "moves"


def test_what_is_still_declared_is_told_in_the_words_of_terraform_and_nothing_else() -> None:
    theirs = {tuple(error) for error in json.loads((MOVES / "terraform.json").read_text(encoding="utf-8"))}

    ours = set()
    for located in check(MOVES, root=MOVES, config=False).findings:
        summary, _, detail = located.finding.verbatim.removeprefix("Error: ").partition("\n\n")
        ours.add((located.file, located.line, summary, detail))

    assert len(theirs) == 8
    assert ours == theirs
