"""The part of ``docs/accuracy.md`` about Python and Go sources (``make oracle-source``)."""

from __future__ import annotations

import json

from tools.oracle_source.calls import COUNTS
from tools.oracle_source.go_fixes import RECORDED as FIXES
from tools.oracle_source.go_names import CORPUS, RECORDED

_COLUMNS = ("refused and found", "runs and silent", "runs and found", "refused and silent")


def section() -> str:
    """All sections; empty where nothing was recorded."""
    return _python() + _go() + _go_fixes()


def _python() -> str:
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


def _go() -> str:
    if not RECORDED.exists():
        return ""
    names = json.loads(RECORDED.read_text(encoding="utf-8"))
    corpus = json.loads(CORPUS.read_text(encoding="utf-8"))
    compared = "\n".join(
        f"| {edition} | {', '.join(f'{count:,} of kind {kind}' for kind, count in told['agreed'].items())} "
        f"| {told['differing']} |"
        for edition, told in names.items()
    )
    found = "\n".join(f"| {one['where']} | `{one['rule']}` | {one['why']} |" for one in corpus["findings"])
    return f"""
## Go sources, uncompiled

Every declaration (names, parameters, results, fields, with their types) of Go bindings that jsii's own generator
wrote, compared with what is derived from the packs (`python -m tools.oracle_source.go_names`):

| library | agree | differ |
| --- | --- | --- |
{compared}

{corpus["files"]} files of {len(corpus["repositories"])} public repositories that use these libraries
({", ".join(corpus["repositories"])}) were judged. Every finding, and why it is true:

| where | rule | why it is true |
| --- | --- | --- |
{found}
"""


_BECAME = ("as it was", "otherwise", "not mended", "not as gofmt writes")


def _go_fixes() -> str:
    if not FIXES.exists():
        return ""
    mistakes = json.loads(FIXES.read_text(encoding="utf-8"))["mistakes"]
    rows = "\n".join(
        f"| {name} | " + " | ".join(str(counts.get(column, 0)) for column in _BECAME) + " |"
        for name, counts in mistakes.items()
    )
    return f"""
## Go sources, mended

One mistake at a time was made in the same public programs, with the versions that are known here required, and what
`--fix` made of it compared with the file as it was and with what `gofmt` writes
(`python -m tools.oracle_source.go_fixes`). What is not mended takes something of libraries that are not known:
generated bindings, other providers, alpha modules. "Otherwise" means that another place was changed: an import in
another group, an address taken where a variable is used.

| mistake | {" | ".join(_BECAME)} |
| --- | {" | ".join("---" for _ in _BECAME)} |
{rows}
"""
