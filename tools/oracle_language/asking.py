"""Asking the real Terraform for the values of many expressions."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.oracle_language.notation import Number, of_json

INFINITE = "infinite"
CHUNK = 80
"""Terraform takes time with the square of the outputs."""
Answer = dict[str, str]
"""``{"value": notation}``, or ``{"error": summary, "detail": ...}`` where Terraform refuses."""


def output(expression: str) -> str:
    """The file that asks for an expression."""
    return f'output "o" {{\n  sensitive = true\n  value = {expression}\n}}\n'


def ask(expressions: Sequence[str], surroundings: str) -> Iterator[tuple[str, Answer]]:
    """Terraform's answers, as they come in."""
    for start in range(0, len(expressions), CHUNK):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            (folder / "surroundings.tf").write_text(surroundings)
            if start == 0 or "resource" in surroundings:
                _run(["init", "-backend=false"], folder)
            yield from _chunk(list(expressions[start : start + CHUNK]), folder)


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    return subprocess.run(  # whichever is installed
        ["terraform", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def _chunk(expressions: list[str], folder: Path) -> Iterator[tuple[str, Answer]]:
    open_ = dict(enumerate(expressions))
    for number, expression in open_.items():
        (folder / f"o{number}.tf").write_text(output(expression).replace('"o"', f'"o{number}"', 1))
    while open_:
        done = _run(["plan", "-json", "-out=p", "-lock=false"], folder)
        refused = list(_refused(done.stdout, open_))
        if done.returncode == 0 and not refused:
            yield from _values(open_, folder)
            return
        if not refused:
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
        for number, answer in refused:
            (folder / f"o{number}.tf").unlink()
            yield open_.pop(number), answer


def _refused(log: str, open_: dict[int, str]) -> Iterator[tuple[int, Answer]]:
    found: dict[int, Answer] = {}
    for line in log.splitlines():
        diagnostic = json.loads(line).get("diagnostic")
        if not diagnostic or diagnostic["severity"] != "error":
            continue
        file = diagnostic.get("range", {}).get("filename", "")
        number = int(file[1:-3]) if file.startswith("o") else _named(diagnostic["detail"])
        if "cannot serialize infinity" in diagnostic["detail"]:
            found.update(
                (int(each), {"value": INFINITE}) for each in re.findall(r'output value "o(\d+)"', diagnostic["detail"])
            )
        elif number in found:
            found[number]["others"] = found[number].get("others", "") + "\n" + diagnostic["summary"]
        elif number in open_:
            found[number] = {"error": diagnostic["summary"], "detail": diagnostic["detail"]}
    yield from found.items()


def _named(detail: str) -> int:
    """The output that an error without a place is about."""
    found = re.search(r'output value "o(\d+)"', detail)
    return int(found[1]) if found else -1


def _values(open_: dict[int, str], folder: Path) -> Iterator[tuple[str, Answer]]:
    shown = _run(["show", "-json", "p"], folder)
    plan = json.loads(shown.stdout, parse_float=Number, parse_int=Number)
    outputs, changes = plan["planned_values"].get("outputs", {}), plan.get("output_changes", {})
    for number, expression in open_.items():
        output = outputs.get(f"o{number}", {})
        change = changes.get(f"o{number}", {})
        if change.get("after_unknown"):
            yield expression, {"value": of_json(change.get("after"), unknown=change["after_unknown"]), "partly": "yes"}
        else:
            yield expression, {"value": of_json(output.get("value"), output.get("type"))}
