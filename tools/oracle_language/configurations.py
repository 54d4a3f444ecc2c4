"""Compare configurations: ``python -m tools.oracle_language.configurations FOLDER``.

``FOLDER/programs`` holds what ``gathering`` laid out. Terraform's plans are kept in ``FOLDER/plans``; what is there is
not asked for again. Writes every difference to ``FOLDER/configurations.json``; with ``--record`` the summary, too.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from onetake.frontends import terraform
from onetake.frontends.files import Options
from onetake.model.findings import Severity
from onetake.model.resources import Mode
from onetake.model.stacks import Stack
from tools.oracle_language import agreement, recording
from tools.oracle_language.planning import Planned, plan, why_not
from tools.oracle_language.sink import sink

TOGETHER = 40
"""Programs that are planned in one go."""
LANGUAGE = {
    "Attempt to get attribute from null value", "Attempt to index null value", "Call to unknown function", "Condition is null", "Cycle",
    "Duplicate object key", "Error in function call", "Inconsistent conditional result types", "Incorrect condition type", "Incorrect key type",
    "Invalid 'for' condition", "Invalid for_each argument", "Invalid count argument", "Invalid function argument", "Invalid index", "Invalid object key",
    "Invalid operand", "Invalid reference", "Invalid template interpolation value", "Invalid value for input variable", "Invalid value for variable", "Iteration over non-iterable value",
    "Iteration over null value", "Missing map element", "Missing resource instance key", "Not enough function arguments", "Null condition", "Null value as key",
    "Operation failed", "Reference to undeclared input variable", "Reference to undeclared local value", "Reference to undeclared module", "Reference to undeclared resource",
    "Self-referential block", "Too many function arguments", "Unexpected resource instance key", "Duplicate resource", "Unreadable module directory", "Attribute redefined",
}  # fmt: skip
"""Headlines of what the language refuses, rather than a provider's schema or AWS."""
MAYBE = {"Unsupported attribute", "Missing required argument", "Unsupported argument"}
"""Headlines that both the language and a schema have."""
LISTED = (
    "false alarm",
    "language error missed",
    "different",
    "instance only there",
    "instance only here",
    "refused only here",
)
"""Kinds of differences that are listed one by one."""
REASONS = recording.FOLDER / "reasons.toml"
Difference = dict[str, Any]


def planned(names: Iterable[str], folder: Path) -> dict[str, Planned]:
    """Terraform's plans, of which new ones are asked for."""
    plans = folder / "plans"
    plans.mkdir(exist_ok=True)
    files = {name: plans / f"{name.replace('/', '--')}.json" for name in names}
    open_ = [name for name, file in files.items() if not file.exists()]
    if open_ and not why_not():
        with sink() as endpoint:
            for start in range(0, len(open_), TOGETHER):
                for name, answer in plan(open_[start : start + TOGETHER], folder / "programs", endpoint):
                    files[name].write_text(json.dumps(answer))
    return {name: json.loads(file.read_text()) for name, file in files.items() if file.exists()}


def read(name: str, folder: Path) -> Stack:
    """What we make of a program."""
    (stack,) = terraform.read(folder / "programs" / name, Options(root=folder / "programs"))
    return stack


def differences(name: str, theirs: Planned, stack: Stack) -> Iterator[Difference]:
    """In what the two differ, and ``same`` for each value that they agree about."""
    yield from _validity(name, theirs, stack)
    if theirs["stage"] != "plan":
        return
    there = {address: one for address, one in theirs["resources"].items() if one["mode"] == "managed"}
    here = {
        address: one
        for address, one in stack.resources.items()
        if one.mode is Mode.MANAGED and not one.type.startswith("terraform.")
    }
    complete = not theirs["errors"]
    symbolic = {one.declaration for one in here.values() if one.exists.name == "UNKNOWN"}
    for address in sorted(there.keys() - here.keys()):
        verdict = (
            "instances not known here"
            if _declaration(address) in symbolic or _inside(address, symbolic)
            else "instance only there"
        )
        yield _difference(name, verdict, address)
    for address in sorted(here.keys() - there.keys()):
        if complete and here[address].exists.name != "UNKNOWN":
            yield _difference(name, "instance only here", address)
    for address in sorted(here.keys() & there.keys()):
        yield _difference(name, "same instance", address)
        one = there[address]
        unknown = one["unknown"] if isinstance(one["unknown"], dict) else {}
        for argument in here[address].arguments:
            if argument in ("provisioner", "connection", "timeouts"):
                continue
            value = here[address].arguments[argument]
            for verdict, path, ours, real in agreement.compared(
                value, (one["after"] or {}).get(argument), unknown.get(argument, False), argument
            ):
                yield _difference(name, verdict, f"{address}: {path}", ours, real)


def _declaration(address: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", address)


def _inside(address: str, symbolic: set[str]) -> bool:
    plain = _declaration(address)
    return plain in symbolic


def _difference(name: str, verdict: str, where: str, ours: object = "", theirs: object = "") -> Difference:
    return {
        "program": name,
        "verdict": verdict,
        "where": where,
        "onetake": str(ours)[:300],
        "terraform": str(theirs)[:300],
    }


def _validity(name: str, theirs: Planned, stack: Stack) -> Iterator[Difference]:
    findings = [
        one for one in stack.findings if one.severity in (Severity.CRITICAL, Severity.HIGH) and not one.condition
    ]
    said = {one.verbatim.split("\n")[0].removeprefix("Error: ") for one in stack.findings}
    summaries = {error["summary"] for error in theirs["errors"]}
    if not theirs["errors"]:
        for one in findings:
            yield _difference(name, "false alarm", str(one.where), one.verbatim, "")
    for error in theirs["errors"]:
        summary = error["summary"]
        if summary in LANGUAGE and summary not in said:
            yield _difference(
                name,
                "language error missed",
                f"{error['file']}:{error['line']}",
                sorted(said),
                f"{summary}: {error['detail']}",
            )
        elif summary in LANGUAGE or (summary in MAYBE and summary in said):
            yield _difference(name, "same refusal", f"{error['file']}:{error['line']}", summary, summary)
    for one in findings:
        summary = one.verbatim.split("\n")[0].removeprefix("Error: ")
        if theirs["errors"] and summary not in summaries:
            yield _difference(name, "refused only here", str(one.where), one.verbatim, sorted(summaries))


def main(arguments: list[str]) -> int:
    """Run the comparison."""
    folder = Path(arguments[0])
    listed = folder / "programs" / "programs.json"
    if not listed.exists():
        print(
            f"configurations: not compared, {listed} is not there; lay programs out with tools.oracle_language.gathering"
        )
        return 0
    programs: dict[str, str] = json.loads(listed.read_text())
    answers = planned([name for name, why in programs.items() if not why], folder)
    if not answers:
        print(f"configurations: not compared, {why_not()}")
        return 0
    found: list[Difference] = []
    for name, answer in answers.items():
        found += differences(name, answer, read(name, folder))
    count = Counter(one["verdict"] for one in found)
    (folder / "configurations.json").write_text(
        json.dumps([one for one in found if not one["verdict"].startswith("same")], indent=1, ensure_ascii=False)
    )
    print(len(answers), "configurations:", dict(count))
    if "--record" in arguments:
        recording.summarize("configurations", _summary(answers, count, found))
    return 0


def _summary(answers: Mapping[str, Planned], count: Counter[str], found: Sequence[Difference]) -> dict[str, object]:
    whole = sum(one["stage"] == "plan" and not one["errors"] for one in answers.values())
    partly = sum(one["stage"] == "plan" and bool(one["errors"]) for one in answers.values())
    return {
        "programs": len(answers),
        "whole": whole,
        "partly": partly,
        "refused": len(answers) - whole - partly,
        "verdicts": dict(sorted(count.items())),
        "listed": {verdict: _listed(verdict, found) for verdict in LISTED if count[verdict]},
    }


def _listed(verdict: str, found: Iterable[Difference]) -> list[dict[str, str]]:
    """Every difference of a kind, with the reason that somebody found."""
    rows: list[dict[str, str]] = []
    for one in found:
        if one["verdict"] == verdict:
            row = {"program": one["program"], "where": one["where"], "why": _why(one)}
            if row not in rows:
                rows.append(row)
    return rows


def _why(one: Difference) -> str:
    reasons: list[dict[str, str]] = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("reason", [])
    for reason in reasons:
        if (
            one["verdict"] == reason["verdict"]
            and fnmatch(one["program"], reason["program"])
            and fnmatch(one["where"], reason["where"])
        ):
            return reason["why"]
    return "not explained yet"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
