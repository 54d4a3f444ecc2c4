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
BOTH_SIDES = "1.11 evaluates both sides of `&&` and `||`; we stop at what decides, as Terraform does since 1.12"
INFINITE = "what is divided by zero is infinite there; we leave it open"
SENSITIVE = "what is sensitive is followed there; we leave open what `issensitive` says of what may be"
WHOLE = "a whole resource is shown there with its attributes; we name it"
LATER = "the functions of an unknown value tell Terraform a length, or that no element can be the same"
SURE = "we know what Terraform leaves open until apply, as that a value is equal to itself"
EARLY = "we refuse what Terraform refuses when it applies, once it knows the values"
ORDER = "both refuse; the expression has two mistakes and Terraform tells of the other one"
NULLS = "`format` refuses a null that is of a type, and writes one that is of none; we leave both open"
UNSURE = "Terraform looks closer at an unknown value that is handed to a function, or has a type for it that we do not"
ZERO = "the zero of Terraform has a sign, which shows in `-0`"
DIGITS = "`pow` and `log` give Terraform a binary fraction, whose digits show when it is calculated with further"
EMPTY = "the element type of an empty collection that a function returned or is given decides"


def reason(row: Row) -> str:
    """Why we differ from Terraform about an expression."""
    expression, verdict = str(row["expression"]), str(row["verdict"])
    known = "later" not in expression and "terraform_data" not in expression
    match verdict:
        case "same":
            return ""
        case "not known there":
            return SURE
        case "refused wrongly":
            return EARLY
        case "other summary":
            return ORDER
        case "not refused" if "||" in expression or "&&" in expression:
            return BOTH_SIDES
        case "not refused" if known:
            return NULLS if "format(" in expression else EMPTY
        case "other value":
            of_powers = "pow(" in expression or "log(" in expression
            return ZERO if "-0" in str(_answer(row, "terraform")["value"]) else DIGITS if of_powers else EMPTY
        case _ if "issensitive" in expression:
            return SENSITIVE
        case _ if known or "/ 0" in expression:
            return INFINITE
        case "not refused" | "not refused, unknown":
            return UNSURE
        case _ if '"triggers_replace": null' in str(_answer(row, "terraform").get("value")):
            return WHOLE
        case _:
            return LATER


def record(results: Mapping[str, Sequence[Row]]) -> None:
    """Write the sample that tests run, and the summary."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    for which, rows in results.items():
        agreed = [row for row in rows if row["verdict"] == "same" and len(str(row["expression"])) < LONGEST]
        for row in _sample(agreed, RECORDED[which]):
            lines.append(json.dumps([which, row["expression"], _agreed(row)], ensure_ascii=False))
    EXPRESSIONS.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    summarize("expressions", {which: _counted(rows) for which, rows in results.items()})


def _sample(rows: Sequence[Row], count: int) -> list[Row]:
    """Some of ``rows``, chosen by what they say and not by where they stand."""

    def number(row: Row) -> str:
        return hashlib.sha256(str(row["expression"]).encode()).hexdigest()

    return sorted(rows, key=number)[:count]


def _agreed(row: Row) -> object:
    """The value; or the headline that both tell of the mistakes that Terraform prints."""
    real, mine = _answer(row, "terraform"), _answer(row, "onetake")
    return {"error": mine["error"]} if "error" in mine else real.get("value")


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
