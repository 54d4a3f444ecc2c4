"""The part of ``docs/accuracy.md`` about Python sources (``make oracle-source``)."""

from __future__ import annotations

import json

from tools.oracle_source.calls import COUNTS

_COLUMNS = ("refused and found", "runs and silent", "runs and found", "refused and silent")


def section() -> str:
    """The section; empty where nothing was recorded."""
    if not COUNTS.exists():
        return ""
    facts = json.loads(COUNTS.read_text(encoding="utf-8"))
    rows = "\n".join(
        f"| {name} | " + " | ".join(str(counts.get(column, 0)) for column in _COLUMNS) + " |"
        for name, counts in facts["mistakes"].items()
    )
    return f"""
## Python sources, unexecuted

`make oracle-source` writes programs over classes of {facts["edition"]}, right ones and the same with one mistake
(seed {facts["seed"]}), judges each by its text, runs it under the installed library, and compares the verdicts.

- {facts["programs"]:,} programs over {facts["classes"]:,} classes.
- Precision: {facts["precision"]:.2%} of the programs with a certain finding are refused by the library.
- Recall: {facts["recall"]:.2%} of the refused programs have a certain finding.

| mistake | {" | ".join(_COLUMNS)} |
| --- | {" | ".join("---" for _ in _COLUMNS)} |
{rows}
"""
