"""The part of ``docs/accuracy.md`` about the Terraform language: how our evaluator stands to the real Terraform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SUMMARY = Path(__file__).resolve().parents[1] / "tests" / "frontends" / "terraform" / "oracle" / "summary.json"
WHAT = {
    "known": "of known values",
    "unknown": "with values that are known after apply",
}
BOTH_REFUSE = "other summary"
Content = dict[str, Any]
_ABOUT = """*Compared by `make oracle-language` with Terraform {terraform} on {date}.* Generated expressions, over the
whole grammar and with every kind of mistake, were evaluated by Terraform and by onetake. *Same* means the same value
and type to the last digit, or a refusal under the same headline; an answer *agrees* if it is the same, or if both
refuse and tell of different ones of the expression's mistakes."""


def section() -> str:
    """The section, from what ``make oracle-language`` recorded."""
    summary: Content = json.loads(SUMMARY.read_text(encoding="utf-8"))
    return "\n".join(_expressions(summary["expressions"])) + "\n"


def _expressions(part: Content) -> Iterator[str]:
    yield "## The Terraform language"
    yield ""
    yield _ABOUT.format(**part).replace("\n", " ")
    yield ""
    yield "| expressions | number | refused by Terraform | same | agree |"
    yield "| --- | --- | --- | --- | --- |"
    for which, result in part["results"].items():
        asked, same = result["asked"], result["same"]
        agree = same + result["verdicts"].get(BOTH_REFUSE, 0)
        yield f"| {WHAT[which]} | {asked:,} | {result['refused']:,} | {same / asked:.2%} | {agree / asked:.2%} |"
    for which, result in part["results"].items():
        yield ""
        yield f"All differences between expressions {WHAT[which]}:"
        yield ""
        for reason in result["reasons"]:
            examples = ", ".join(f"`` {one} ``" if "`" in one else f"`{one}`" for one in reason["examples"])
            yield f"- {reason['count']}: {reason['reason']}" + (f" ({examples})" if examples else "")
