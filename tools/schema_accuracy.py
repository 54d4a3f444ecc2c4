"""The part of ``docs/accuracy.md`` about the schemas of Terraform's AWS provider (``make oracle-schema``)."""

from __future__ import annotations

import json
from pathlib import Path

SUMMARY = Path(__file__).resolve().parents[1] / "tests" / "frontends" / "terraform" / "schemas" / "summary.json"
_COLUMNS = ("cases", "errors", "found", "false", "false verdicts", "missed verdicts")


def section() -> str:
    """The section; empty where nothing was recorded."""
    if not SUMMARY.exists():
        return ""
    facts = json.loads(SUMMARY.read_text(encoding="utf-8"))
    total = facts["total"]
    rows = "\n".join(
        f"| {name} | " + " | ".join(str(counts[column]) for column in _COLUMNS) + " |"
        for name, counts in facts["mistakes"].items()
    )
    said, found = total["errors"], total["found"]
    return f"""## The schemas of Terraform's AWS provider

`make oracle-schema` writes configurations from the schemas alone, four in five with one mistake, in native syntax and
JSON, and puts them through `terraform validate` with the real provider ({facts["provider"]}) and through the schema
pass (seed {facts["seed"]}).

- {total["cases"]:,} configurations of {facts["types"]:,} types; Terraform prints {said:,} errors that a schema decides.
- {found:,} of them ({found / said:.1%}) are predicted word for word.
- {total["false"]} errors are predicted that Terraform does not print.
- {total["false verdicts"]} configurations are refused that it takes, {total["missed verdicts"]} taken that it refuses.

| mistake | {" | ".join(_COLUMNS)} |
| --- | {" | ".join("---" for _ in _COLUMNS)} |
{rows}"""
