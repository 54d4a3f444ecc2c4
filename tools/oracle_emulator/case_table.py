"""The table of the founding cases in ``docs/emulator.md``: where each failing variant stopped, and its twin did not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

RECORD = Path(__file__).resolve().parents[2] / "tests" / "emulator" / "rehearsed_cases.json"
_NAMES = {"cloudformation": "CloudFormation", "terraform": "Terraform"}


def text() -> str:
    """The section."""
    record: Mapping[str, Mapping[str, Any]] = json.loads(RECORD.read_bytes())
    shown = [(case, language, told) for language, cases in record.items() for case, told in cases.items()]
    ran = sorted((case, language, told) for case, language, told in shown if "fail" in told)
    rest = sorted(
        (case, language, told.get("not_shown") or told["not_run"])
        for case, language, told in shown
        if "fail" not in told
    )
    right = sum(told["fail"]["right"] and told["pass"]["right"] for _, _, told in ran)
    return "\n".join(
        [
            f"{len(ran)} broken designs and their corrected twins, deployed by Terraform or resource by resource"
            f" (`make oracle-strict`): {right} fail at the resource that AWS would refuse, and their twins are not"
            " refused.\n",
            "| case | language | refused | by the rule | the twin |",
            "| --- | --- | --- | --- | --- |",
            *_rows(ran),
            "",
            "What a deployment does not show, or not for certain:\n",
            "| case | language | why |",
            "| --- | --- | --- |",
            *(f"| {case} | {_NAMES[language]} | {_plain(why)} |" for case, language, why in rest),
            "",
        ]
    )


def _rows(ran: list[tuple[str, str, Mapping[str, Any]]]) -> Iterator[str]:
    for case, language, told in ran:
        refused: Mapping[str, str] = told["fail"]["refused"]
        where = ", ".join(f"`{address}`" for address in refused) or "before anything is made"
        rules = ", ".join(dict.fromkeys(f"`{rule}`" for rule in refused.values() if _is_rule(rule)))
        account = " (in a new account)" if told["options"].get("profile") == "new-account" else ""
        cells = (f"{case}{account}", _NAMES[language], where, rules or "none was needed", told["pass"]["outcome"])
        yield f"| {' | '.join(cells)} |"


def _is_rule(text: str) -> bool:
    return bool(text) and " " not in text


def _plain(why: str) -> str:
    return why.replace("|", "\\|").replace("\n", " ")
