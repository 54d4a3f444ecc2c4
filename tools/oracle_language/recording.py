"""What the comparison leaves in the repository: answers that tests run without Terraform, and a summary for the page."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "frontends" / "terraform" / "oracle"
EXPRESSIONS = FOLDER / "expressions.json"
SUMMARY = FOLDER / "summary.json"
RECORDED = {"known": 1_200, "unknown": 300}
LONGEST = 240
EXAMPLES = 3
Row = Mapping[str, object]
REASONS = {
    "same": "",
    "other summary": "both refuse; the expression has two mistakes and Terraform tells of the other one",
    "not known there": "we know what Terraform leaves open until apply",
    "not known here": "Terraform knows more about an unknown value: its type, its length, that it is not null",
    "not refused, unknown": "Terraform knows the type of an unknown value from the provider's schema, and refuses it",
}


def reason(row: Row) -> str:
    """Why we differ from Terraform about an expression."""
    expression, verdict = str(row["expression"]), str(row["verdict"])
    known = "later" not in expression and "terraform_data" not in expression
    if known and verdict in ("not known here", "not refused, unknown"):
        return "what is divided by zero is infinite there, and what is sensitive is followed there; we leave both open"
    if verdict in REASONS:
        return REASONS[verdict]
    if verdict == "not refused" and ("||" in expression or "&&" in expression):
        return "1.11 evaluates both sides of `&&` and `||`; we stop at what decides, as Terraform does since 1.12"
    if not known:
        return "the type of an unknown value decides, which only the provider's schema tells"
    if verdict == "other value" and ("pow(" in expression or "log(" in expression):
        return "`pow` and `log` give Terraform a binary fraction, whose digits show when it is calculated with further"
    return "the element type of an empty collection that a function returned, or of a null inside an object"


def record(results: Mapping[str, Sequence[Row]]) -> None:
    """Write the sample that tests run, and the summary."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    for which, rows in results.items():
        agreed = [row for row in rows if row["verdict"] == "same" and len(str(row["expression"])) < LONGEST]
        for row in _sample(agreed, RECORDED[which]):
            lines.append(json.dumps([which, row["expression"], _short(row["terraform"])], ensure_ascii=False))
    EXPRESSIONS.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    summarize("expressions", {which: _counted(rows) for which, rows in results.items()})


def _sample(rows: Sequence[Row], count: int) -> list[Row]:
    """Some of ``rows``, chosen by what they say and not by where they stand."""

    def number(row: Row) -> str:
        return hashlib.sha256(str(row["expression"]).encode()).hexdigest()

    return sorted(rows, key=number)[:count]


def _short(answer: object) -> object:
    match answer:
        case {"error": summary}:
            return {"error": summary}
        case {"value": value}:
            return value
        case _:
            return None


def _counted(rows: Sequence[Row]) -> dict[str, object]:
    different = [row for row in rows if row["verdict"] != "same"]
    reasons = Counter(map(reason, different))
    return {
        "asked": len(rows),
        "refused": sum("error" in _answer(row, "terraform") for row in rows),
        "same": len(rows) - len(different),
        "verdicts": dict(sorted(Counter(str(row["verdict"]) for row in different).items())),
        "reasons": [
            {"reason": text, "count": count, "examples": _examples(different, text)}
            for text, count in reasons.most_common()
        ],
    }


def _answer(row: Row, key: str) -> Mapping[str, object]:
    found = row[key]
    return found if isinstance(found, Mapping) else {}


def _examples(rows: Iterable[Row], text: str) -> list[str]:
    found = sorted((str(row["expression"]) for row in rows if reason(row) == text), key=lambda one: (len(one), one))
    return [one for one in found if "\n" not in one][:EXAMPLES]


def summarize(part: str, content: object) -> None:
    """Replace one part of the summary."""
    summary = json.loads(SUMMARY.read_text(encoding="utf-8")) if SUMMARY.exists() else {}
    summary[part] = {"date": datetime.now(UTC).date().isoformat(), "terraform": version(), "results": content}
    SUMMARY.write_text(json.dumps(summary, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def version() -> str:
    """The version of the Terraform that answered."""
    done = subprocess.run(["terraform", "version", "-json"], capture_output=True, text=True, check=True)
    return str(json.loads(done.stdout)["terraform_version"])
