"""What Terraform with the real provider, and what we, say of many files at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import onetake
from onetake.model.findings import Severity
from tools.oracle_schema.generating import Case

HEAD = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "%s" }\n  }\n}\n'
CHUNK = 300
"""Terraform takes longer for many blocks than for the same in parts."""
Said = tuple[str, str]
"""Summary and detail."""

_OF_SCHEMA = re.compile(
    r"Unsupported (argument|block type)|Missing required argument|Insufficient .* blocks|Too many .* blocks"
    r"|Incorrect (attribute value|JSON value) type|Extraneous JSON object property|Invalid (resource type|data source)"
    r"|Value for unconfigurable attribute|Invalid Configuration for Read-Only Attribute|Invalid or unknown key"
    r"|Missing Configuration for Required Attribute"
)


def of_schema(said: Said) -> bool:
    """Whether a schema decides it. What the provider's code requires beyond it names its place or its alternatives."""
    summary, detail = said
    if not _OF_SCHEMA.fullmatch(summary):
        return False
    required = (
        re.match(r'The argument "([^"]*)" is required|"', detail) if summary == "Missing required argument" else None
    )
    return required is None or (required[1] is not None and "." not in required[1])


def write(cases: Sequence[Case], folder: Path, version: str) -> None:
    """A configuration with a file for each case; the blocks are named after them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.tf*"):
        old.unlink()
    (folder / "head.tf").write_text(HEAD % version)
    for case in cases:
        text = case.text.replace('"x" {', f'"{case.name}" {{', 1) if not case.json else named(case)
        (folder / f"{case.name}.tf{'.json' if case.json else ''}").write_text(text)


def named(case: Case) -> str:
    """A JSON file whose block has the name of its case."""
    data = json.loads(case.text)
    return json.dumps({case.kind: {case.type: {case.name: data[case.kind][case.type]["x"]}}}, indent=1)


def terraform(cases: Sequence[Case], work: Path, version: str) -> tuple[dict[str, set[Said]], set[str]]:
    """What ``terraform validate`` says of each case, as far as schemas decide it, and which cases it refuses at all.

    Raises:
        RuntimeError: Terraform cannot be run, or does not find the provider.
    """
    errors = terraform_errors(cases, work, version)
    found = {name: {one for one in said if of_schema(one)} for name, said in errors.items()}
    return found, {name for name, said in errors.items() if said}


def terraform_errors(cases: Sequence[Case], work: Path, version: str) -> dict[str, set[Said]]:
    """Every error of ``terraform validate`` about each case.

    Raises:
        RuntimeError: Terraform cannot be run, or does not find the provider.
    """
    found: dict[str, set[Said]] = {case.name: set() for case in cases}
    work.mkdir(parents=True, exist_ok=True)
    write((), work, version)
    if not (work / ".terraform").is_dir():
        _run(["init", "-input=false"], work)
    for start in range(0, len(cases), CHUNK):
        write(cases[start : start + CHUNK], work, version)
        answer = json.loads(_run(["validate", "-json"], work, failing=True))
        for one in answer["diagnostics"]:
            file = one.get("range", {}).get("filename", "")
            said = (one["summary"], one.get("detail", ""))
            if not file:
                raise RuntimeError(f"Terraform says {said}")
            if one["severity"] == "error":
                found[file.split(".")[0]].add(said)
    return found


def _run(arguments: Sequence[str], folder: Path, *, failing: bool = False) -> str:
    program = shutil.which("terraform")
    if program is None:
        raise RuntimeError("there is no terraform on this machine")
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TF_IN_AUTOMATION": "1"},
    )
    if done.returncode and not failing:
        raise RuntimeError(done.stderr or done.stdout)
    return done.stdout[done.stdout.find("{") :] if failing else done.stdout


def ours(cases: Sequence[Case], work: Path, version: str) -> dict[str, set[Said]]:
    """What we say of each case, in the words that we predict."""
    found: dict[str, set[Said]] = {case.name: set() for case in cases}
    write(cases, work, version)
    report = onetake.check(work, root=work, config=False)
    if report.crashes:
        raise RuntimeError(str(report.crashes[0]))
    for located in report.findings:
        finding = located.finding
        if finding.rule.startswith("terraform-") and finding.severity is Severity.CRITICAL and finding.verbatim:
            summary, _, detail = finding.verbatim.removeprefix("Error: ").partition("\n\n")
            if of_schema((summary, detail)):
                found[Path(located.file).name.split(".")[0]].add((summary, detail))
    return found


def without_hints(said: Mapping[str, set[Said]]) -> dict[str, set[Said]]:
    """The same without suggestions: Terraform takes the first of several that are equally near, in no fixed order."""
    hint = re.compile(r' Did you mean "[^"]*"\?')
    return {name: {(summary, hint.sub("", detail)) for summary, detail in one} for name, one in said.items()}
