"""Compare our Terraform functions with the real ``terraform``: ``python -m tools.oracle_language.functions FOLDER``.

Writes ``functions.json`` (every call with both answers and a verdict) to the folder, and with ``--record FILE`` the
calls with Terraform's answers, which the tests run. Answers that the folder already has are not asked for again.
Says why where there is no ``terraform``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from onetake.frontends.terraform.functions import FunctionError, TerraformSet, Undetermined, call
from onetake.frontends.terraform.functions.globs import matcher
from onetake.frontends.terraform.functions.table import NEEDS_TEMPLATE, TABLE
from tools.oracle_language.calls import special, wrong

NOT_IN_TERRAFORM = {"base64gunzip", "cidrcontains", "urldecode"}
FILES = {
    "text.txt": b"hello\n",
    "bom.txt": b"\xef\xbb\xbfhi",
    "binary.dat": b"\xff\xfe\x00",
    "folder/deep.txt": b"deep",
    "folder/.hidden": b"",
}
SENSITIVE = {"sensitive"}
RECORDED, LONGEST = 24, 500
CHUNK = 100
"""Terraform takes time with the square of the outputs."""


class ScratchFiles:
    """The files that both sides see."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read_bytes(self, path: str) -> bytes:
        """The content of a file."""
        return (self.root / path).read_bytes()

    def exists(self, path: str) -> bool:
        """Is it a file?"""
        if (self.root / path).is_dir():
            raise IsADirectoryError(path)
        return (self.root / path).is_file()

    def glob(self, path: str, pattern: str) -> Iterable[str]:
        """The files below a folder whose paths match."""
        base = self.root / path
        if not base.is_dir():
            return []
        accepts = matcher(pattern)
        found = (file.relative_to(base).as_posix() for file in base.rglob("*") if file.is_file())
        return [name for name in found if accepts(name)]


def spelled(value: object) -> str:
    """A value as an expression of Terraform's language."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return repr(value).replace("e+", "e")
        case str():
            return f'"{"".join(map(_escaped, value)).replace("${", "$${").replace("%{", "%%{")}"'
        case dict():
            return "{" + ", ".join(f"{spelled(key)} = {spelled(inner)}" for key, inner in value.items()) + "}"
        case TerraformSet():
            return f"toset([{', '.join(map(spelled, value))}])"
        case list() | tuple():
            return f"[{', '.join(map(spelled, value))}]"
        case _:
            raise TypeError(value)


def _escaped(sign: str) -> str:
    if sign in '"\\' or not sign.isprintable():
        return {'"': '\\"', "\\": "\\\\"}.get(sign, f"\\U{ord(sign):08x}")
    return sign


def encoded(value: object) -> object:
    """A value as JSON; sets are marked."""
    match value:
        case dict():
            return {key: encoded(inner) for key, inner in value.items()}
        case TerraformSet():
            return {"$set": [encoded(item) for item in value]}
        case list() | tuple():
            return [encoded(item) for item in value]
        case _:
            return value


def typed(value: object, kind: object) -> object:
    """A value of Terraform's plan, with its sets marked."""
    match value, kind:
        case list(), ["set", inner]:
            return {"$set": [typed(item, inner) for item in value]}
        case list(), ["list", inner]:
            return [typed(item, inner) for item in value]
        case list(), ["tuple", list() as inner]:
            return [typed(item, each) for item, each in zip(value, inner, strict=True)]
        case dict(), ["map", inner]:
            return {key: typed(item, inner) for key, item in value.items()}
        case dict(), ["object", dict() as inner]:
            return {key: typed(item, inner[key]) for key, item in value.items()}
        case float(), _:
            return int(value) if value.is_integer() else value
        case _:
            return value


def ask(calls: list[tuple[str, tuple[object, ...]]], folder: Path) -> list[dict[str, object]]:
    """Terraform's answers: ``{"value": ...}`` or ``{"error": detail, "summary": ...}``."""
    answers: list[dict[str, object]] = [{} for _ in calls]
    for start in range(0, len(calls), CHUNK):
        chunk = range(start, min(start + CHUNK, len(calls)))
        while any(not answers[number] for number in chunk):
            if not _round(calls, answers, [number for number in chunk if not answers[number]], folder):
                break
    return answers


def _output(number: int, name: str, args: tuple[object, ...]) -> str:
    expression = f"{name}({', '.join(map(spelled, args))})"
    marked = "  sensitive = true\n" if name in SENSITIVE else ""
    return f'output "o{number}" {{\n  value = {expression}\n{marked}}}\n'


def _round(
    calls: list[tuple[str, tuple[object, ...]]], answers: list[dict[str, object]], open_: list[int], folder: Path
) -> bool:
    lines = [_output(number, *calls[number]) for number in open_]
    (folder / "main.tf").write_text("".join(lines))
    starts: dict[int, int] = {}
    line = 1
    for number, text in zip(open_, lines, strict=True):
        starts[line] = number
        line += text.count("\n")
    done = subprocess.run(
        ["terraform", "plan", "-json", "-out=p", "-lock=false"],  # whichever is installed
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    found = False
    for entry in map(json.loads, done.stdout.splitlines()):
        diagnostic = entry.get("diagnostic")
        if diagnostic and diagnostic["severity"] == "error":
            endless = re.findall(r'output value "o(\d+)": cannot serialize infinity', diagnostic["detail"])
            for number in endless:
                answers[int(number)] = {"infinite": True}
            found = found or bool(endless)
            if endless:
                continue
            at = max(
                start for start in starts if start <= diagnostic.get("range", {"start": {"line": 1}})["start"]["line"]
            )
            answers[starts[at]] = {"error": diagnostic["detail"], "summary": diagnostic["summary"]}
            found = True
    if not found and done.returncode == 0:
        shown = subprocess.run(
            ["terraform", "show", "-json", "p"], cwd=folder, capture_output=True, text=True, check=True
        )
        plan = json.loads(shown.stdout)
        outputs, changes = plan["planned_values"].get("outputs", {}), plan.get("output_changes", {})
        for number in open_:
            output = outputs.get(f"o{number}", {})
            unknown = changes.get(f"o{number}", {}).get("after_unknown")
            answers[number] = (
                {"unknown": True} if unknown else {"value": typed(output.get("value"), output.get("type"))}
            )
        found = True
    if not found:
        print(done.stdout[-2000:], done.stderr[-2000:])
    return found


def ours(name: str, args: tuple[object, ...], files: ScratchFiles) -> dict[str, object]:
    """Our answer, in the same form."""
    try:
        return {"value": encoded(call(name, list(args), files))}
    except FunctionError as error:
        return {"error": error.message, "summary": error.summary, "exact": error.exact}
    except Undetermined as error:
        return {"undetermined": str(error)}
    except Exception as error:  # whatever it is, it is a fault of ours to report
        return {"crash": repr(error)}


def verdict(real: dict[str, object], mine: dict[str, object]) -> str:
    """How our answer stands to Terraform's."""
    if "crash" in mine:
        return "CRASHED"
    if "unknown" in real or "infinite" in real:
        return "same" if "undetermined" in mine else "NOT KNOWN THERE"
    if "panic in function implementation" in str(real.get("error")):
        return "it panicked"
    if "undetermined" in mine:
        return "undetermined"
    if "error" in real and "error" in mine:
        if real["error"] == mine["error"] and real["summary"] == mine["summary"]:
            return "same"
        return "other words" if mine["exact"] else "same"
    if "value" in real and "value" in mine:
        return (
            "same"
            if json.dumps(real["value"], sort_keys=True) == json.dumps(mine["value"], sort_keys=True)
            else "DIFFERENT"
        )
    return "ACCEPTED WRONGLY" if "value" in mine else "REFUSED WRONGLY"


def recorded(rows: list[dict[str, object]]) -> list[list[object]]:
    """The rows that tests run: for each function some of its calls, evenly chosen, without the very long ones."""
    kept: list[list[object]] = []
    for name in dict.fromkeys(row["function"] for row in rows):
        mine = [
            [row["function"], row["arguments"], row["terraform"]]
            for row in rows
            if row["function"] == name and row["verdict"] != "it panicked"
        ]
        short = [row for row in mine if len(json.dumps(row)) < LONGEST]
        step = max(1, len(short) // RECORDED)
        kept += short[::step]
    return kept


def main(arguments: list[str]) -> int:
    """Run the comparison."""
    if shutil.which("terraform") is None:
        print("not compared: there is no terraform on the PATH")
        return 0
    results = Path(arguments[0])
    results.mkdir(parents=True, exist_ok=True)
    calls: dict[str, tuple[str, tuple[object, ...]]] = {}
    for name, args in (*special(), *wrong()):
        if name in NOT_IN_TERRAFORM or (name in NEEDS_TEMPLATE and name in TABLE):
            continue
        calls.setdefault(json.dumps([name, encoded(list(args))]), (name, args))
    known = results / "answers.json"
    remembered = json.loads(known.read_text()) if known.exists() else {}
    asked = [key for key in calls if key not in remembered]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        for path, content in FILES.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(content)
        remembered.update(zip(asked, ask([calls[key] for key in asked], root), strict=True))
        known.write_text(json.dumps(remembered))
        for left in ("main.tf", "p"):
            (root / left).touch()
        mine = [ours(name, args, ScratchFiles(root)) for name, args in calls.values()]
    answers = [remembered[key] for key in calls]
    rows = [
        {
            "function": name,
            "arguments": encoded(list(args)),
            "terraform": real,
            "onetake": own,
            "verdict": verdict(real, own),
        }
        for (name, args), real, own in zip(calls.values(), answers, mine, strict=True)
        if real
    ]
    (results / "functions.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    print(len(rows), "calls:", dict(Counter(row["verdict"] for row in rows)))
    if "--record" in arguments:
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in recorded(rows))
        Path(arguments[arguments.index("--record") + 1]).write_text(f"[\n{lines}\n]\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
