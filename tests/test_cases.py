"""The founding cases and pairs are judged right, in both languages; what no artefact shows says why it is not."""

from pathlib import Path

from tools.cases import verdicts


def test_every_case_with_an_artefact_is_judged_right(shared: Path) -> None:
    rows = verdicts(shared)

    assert [
        (row.case, row.language, row.on_fail, row.on_pass) for row in rows if not (row.not_judged or row.right)
    ] == []
    assert sum(row.right for row in rows) >= 109
