"""Ask the real ``terraform`` about small mistakes: ``python -m tools.oracle_language.mistakes [PATTERN]``.

The programs stand in ``tests/frontends/terraform/mistakes/*.txt``, wrong and right in one: ``«wrong¦right»``. A line
``% name: wrong ¦ right`` below a title makes a program of its own, in which that alternative stands for ``«»``. What
Terraform answers is written beside them as ``answers.json``, which the tests compare with what we say.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).resolve().parent.parent.parent / "tests" / "frontends" / "terraform" / "mistakes"
ANSWERS = FOLDER / "answers.json"
_ALTERNATIVE = re.compile(r"«([^«»¦]*)¦([^«»¦]*)»")
_STAGES = (
    ("init", ("init", "-json", "-input=false")),
    ("validate", ("validate", "-json")),
    ("plan", ("plan", "-json", "-input=false", "-lock=false")),
)


class Program(NamedTuple):
    """A program with one mistake, and the same without it: the texts of its files by their names."""

    name: str
    wrong: Mapping[str, str]
    right: Mapping[str, str]


def programs() -> Iterator[Program]:
    """Every program, in order."""
    for path in sorted(FOLDER.glob("*.txt")):
        for section in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, _, rest = section.partition("\n")
            variations = []
            while rest.startswith("% "):
                line, _, rest = rest.partition("\n")
                variations.append(line[2:])
            for line in variations or [""]:
                name, _, pair = line.partition(": ")
                whole = f"{path.stem}: {title}, {name}" if name else f"{path.stem}: {title}"
                wrong, _, right = (part.strip() for part in pair.partition("¦"))
                text = rest.replace("«»", f"«{wrong}¦{right}»") if line else rest
                yield Program(whole, _files(text, 1), _files(text, 2))


def _files(text: str, alternative: int) -> dict[str, str]:
    parts = re.split(r"^--- (\S+)\n", _ALTERNATIVE.sub(rf"\{alternative}", text), flags=re.MULTILINE)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    files = {"main.tf": parts[0], **named} if parts[0].strip() else named
    return {name: f"{content.strip()}\n" for name, content in files.items()}


def ask(files: Mapping[str, str]) -> dict[str, Any]:
    """The stage at which Terraform stops, and what it prints: ``{}`` where it plans without an error."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        for stage, command in _STAGES:
            said = _run(folder, command)
            if stage == "init" and any(one["severity"] == "error" for one in said):
                # init leaves out places, and repeats itself.
                told = _run(folder, _STAGES[1][1])
                wanted = {(one["summary"], one["detail"]) for one in said}
                found = [one for one in told if (one["summary"], one["detail"]) in wanted]
                said = found or said
            errors = [_kept(one, name) for one in said if one["severity"] == "error"]
            if errors:
                return {"stage": stage, "errors": errors}
            warnings = [_kept(one, name) for one in said if one["severity"] == "warning"]
            if warnings and stage != "init":
                return {"stage": stage, "warnings": warnings}
    return {}


def _run(folder: Path, command: tuple[str, ...]) -> list[dict[str, Any]]:
    done = subprocess.run(  # whichever is installed
        ["terraform", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    if command[0] == "validate":
        return list(json.loads(done.stdout)["diagnostics"])
    lines = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    return [line.get("diagnostic") or {} for line in lines if line.get("type") == "diagnostic"]


def _kept(diagnostic: dict[str, Any], folder: str) -> dict[str, Any]:
    found = {"summary": diagnostic["summary"], "detail": diagnostic["detail"].replace(folder, "FOLDER")}
    place = diagnostic.get("range")
    if place:
        start, end = place["start"], place["end"]
        found["place"] = [place["filename"], start["line"], start["column"], end["line"], end["column"]]
    return found


def main() -> int:
    """Ask about the programs whose names hold the pattern, all if there is none; 1 when a right one is refused."""
    if shutil.which("terraform") is None:
        print("there is no terraform here: nothing was asked")
        return 0
    pattern = sys.argv[1] if len(sys.argv) > 1 else ""
    answers = json.loads(ANSWERS.read_text(encoding="utf-8")) if ANSWERS.exists() else {}
    known = {program.name: program for program in programs()}
    answers = {name: answer for name, answer in answers.items() if name in known}
    unfit = 0
    for name, program in known.items():
        if pattern not in name:
            continue
        answers[name] = ask(program.wrong)
        if not answers[name]:
            print(f"{name}: the wrong program is not refused")
        refused = ask(program.right)
        if refused.get("errors"):
            unfit += 1
            print(f"{name}: the right program is refused: {refused['errors'][0]}")
    text = ",\n".join(f"{json.dumps(name)}: {json.dumps(answers[name])}" for name in known if name in answers)
    ANSWERS.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")
    print(f"{len(known)} programs, {unfit} of them with a right twin that is refused")
    return int(bool(unfit))


if __name__ == "__main__":
    sys.exit(main())
