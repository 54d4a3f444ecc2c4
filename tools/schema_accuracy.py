"""The part of ``docs/accuracy.md`` about the schemas of Terraform's AWS provider (``make oracle-schema``)."""

from __future__ import annotations

import json
from pathlib import Path

_RECORDS = Path(__file__).resolve().parents[1] / "tests" / "frontends" / "terraform" / "schemas"
SUMMARY = _RECORDS / "summary.json"
SETTINGS = _RECORDS / "settings.json"
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
    return f"""
## The schemas of Terraform's AWS provider

`make oracle-schema` writes configurations from the schemas alone, four in five with one mistake, in native syntax and
JSON, and puts them through `terraform validate` with the real provider ({facts["provider"]}) and through the schema
pass (seed {facts["seed"]}).

- {total["cases"]:,} configurations of {facts["types"]:,} types; Terraform prints {said:,} errors that a schema decides.
- {found:,} of them ({found / said:.1%}) are predicted word for word.
- {total["false"]} errors are predicted that Terraform does not print.
- {total["false verdicts"]} configurations are refused that it takes, {total["missed verdicts"]} taken that it refuses.

| mistake | {" | ".join(_COLUMNS)} |
| --- | {" | ".join("---" for _ in _COLUMNS)} |
{rows}

{_settings()}"""


def _settings() -> str:
    """What the provider says of generated settings of arguments."""
    facts = json.loads(SETTINGS.read_text(encoding="utf-8"))
    total, through = facts["total"], facts["terraform"]
    said, ours = total["said"], total["both"] + total["false"]
    missed, false = (
        "\n".join(f"| {name} | {count} |" for name, count in facts[side].items()) for side in ("missed", "false")
    )
    return f"""## What Terraform's AWS provider refuses

`python -m tools.oracle_schema.provider` makes settings of arguments, one or many at once, from the provider's schemas,
from CloudFormation's schemas and from AWS's API (seed {facts["seed"]}; none of that was used to learn what the provider
refuses), asks the provider ({facts["provider"]}) over its protocol, and compares severity, words and argument of every
diagnostic with what the pack of constraints predicts.

- {total["settings"]:,} settings of {total["types"]:,} types; {total["refused"]:,} are refused. {said:,} diagnostics.
- Precision: {total["both"] / ours:.2%} of the {ours:,} diagnostics that are predicted are the provider's.
- Recall: {total["both"] / said:.2%} of the provider's diagnostics are predicted. What is checked in words that name no
  expression was learnt by changing texts that are accepted: what every accepted text has, so that nothing is said of
  texts that have it, too.
- {total.get("false verdicts", 0)} settings are refused that the provider takes; {total["missed verdicts"]:,}
  ({total["missed verdicts"] / total["refused"]:.1%}) are taken that it refuses.
- Of {through["types"]} random types the same settings went through `terraform validate`: {through["same"]} times the
  errors were those of the protocol ({through["errors"]} errors).

Diagnostics that are missed, by what they are about:

| about | number |
| --- | --- |
{missed}

Diagnostics that the provider does not give. At the *same place* it gives others: another order inside a set, a reason
before which it does not look further, or a neighbour's words.

| constraint | number |
| --- | --- |
{false}"""
