"""What the real ``terraform validate`` says of the programs of a corpus, each as it stands.

Only programs that need no provider but AWS's, whose modules are all there, and that admit the version of the provider
and of Terraform that is asked; the others are counted by their reasons.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onetake.frontends import terraform
from onetake.frontends.files import Options, Unreadable
from onetake.frontends.terraform.engines import public, required
from onetake.frontends.terraform.program import program_of
from tools.corpus.programs import Program
from tools.oracle_language.planning import environment, why_not

KINDS = ("tf", "iac-eval")
SECONDS = 300
PROVIDERS = {"aws", "terraform"}
SOURCES = {"hashicorp/aws", "hashicorp/terraform", "terraform.io/builtin/terraform"}
OTHER_PROVIDER = "needs another provider than AWS's"
NO_MODULE = "calls a module that is not here"
NO_PROGRAM = "is no Terraform configuration of one root"
_EXCLUDED = {
    "Unsupported Terraform Core version": "admits no Terraform 1.11.4",
    "Failed to query available provider packages": "admits no version 5.100.0 of the AWS provider",
}
Answer = dict[str, Any]


def why_left_out(program: Program) -> str:
    """Why ``validate`` cannot be asked about a program; empty if it can."""
    try:
        (stack,) = terraform.read(program.where, Options(root=program.root))
    except (Unreadable, ValueError):
        return NO_PROGRAM
    found = program_of(stack)
    if found is None:
        return NO_PROGRAM
    for configuration in found.configurations.values():
        blocks = (*configuration.resources.values(), *(one for one in configuration.others if one.kind == "ephemeral"))
        used = {block.labels[0].partition("_")[0] for block in blocks}
        used |= {name.partition(".")[0] for name in configuration.providers}
        asked = {public(source) for source, _ in required(configuration)}
        if used - PROVIDERS or asked - SOURCES:
            return OTHER_PROVIDER
    for module in found.modules():
        for name, call in module.configuration.calls.items():
            source = getattr(call.fields.get("source"), "value", None)
            if isinstance(source, str) and not source.startswith(".") and module.child(name) is None:
                return NO_MODULE
    return ""


def validated(programs: Sequence[Program], folder: Path, *, ask: bool = True) -> Iterator[tuple[Program, Answer]]:
    """Terraform's answers; kept in ``folder``, and asked for where they are not there yet, if one may ``ask``."""
    folder.mkdir(parents=True, exist_ok=True)
    pending: dict[Path, list[Program]] = defaultdict(list)
    for program in programs:
        kept = _kept(program, folder)
        if kept.exists():
            yield program, json.loads(kept.read_text())
        else:
            pending[program.root].append(program)
    if not pending or not ask or why_not():
        return
    for root, members in pending.items():
        with copied(root) as copy:
            env = environment("http://127.0.0.1:9", copy.parent / "config")
            for program in members:
                answer = _ask(copy / program.folder.relative_to(root), env)
                _kept(program, folder).write_text(json.dumps(answer))
                yield program, answer


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """A copy of a repository's folder, in which one may write, without what Terraform left there."""
    with tempfile.TemporaryDirectory(prefix="validate-") as name:
        copy = Path(name) / "root"
        shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns(".terraform*", ".git"))
        yield copy


def _kept(program: Program, folder: Path) -> Path:
    return folder / f"{re.sub(r'[^A-Za-z0-9_.+-]', '--', program.path)}.json"


def _ask(folder: Path, env: Mapping[str, str]) -> Answer:
    try:
        started = _run(["init", "-backend=false", "-input=false", "-json"], folder, env)
        told = list(_of_log(started))
        excluded = next((why for one in told for said, why in _EXCLUDED.items() if one["summary"] == said), "")
        if excluded:
            return {"excluded": excluded, "errors": told}
        seen = [_shown(one) for one in json.loads(_run(["validate", "-json"], folder, env))["diagnostics"]]
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        return {"excluded": f"Terraform did not answer: {type(error).__name__}", "errors": []}
    finally:
        shutil.rmtree(folder / ".terraform", ignore_errors=True)
    errors = [one for one in seen if one["severity"] == "error"]
    if told:
        # init leaves places out; validate may tell of other things, as of modules that init did not install.
        words = {(one["summary"], one["detail"]) for one in told}
        errors = [one for one in errors if (one["summary"], one["detail"]) in words] or told
    return {"stage": "init" if told else "validate", "errors": errors}


def _run(arguments: Iterable[str], folder: Path, env: Mapping[str, str]) -> str:
    command = ["terraform", *arguments]
    return subprocess.run(
        command, cwd=folder, env=dict(env), capture_output=True, text=True, check=False, timeout=SECONDS
    ).stdout


def _of_log(log: str) -> Iterator[dict[str, Any]]:
    """The errors in what ``init -json`` prints."""
    for line in log.splitlines():
        entry = json.loads(line) if line.startswith("{") else {}
        diagnostic = entry.get("diagnostic") or {}
        if diagnostic.get("severity") == "error":
            yield _shown(diagnostic)


def _shown(diagnostic: Mapping[str, Any]) -> dict[str, Any]:
    place = diagnostic.get("range") or {}
    return {
        "severity": diagnostic["severity"],
        "summary": diagnostic["summary"],
        "detail": diagnostic.get("detail", ""),
        "file": os.path.normpath(place["filename"]) if place else "",
        "line": place.get("start", {}).get("line", 0),
        "column": place.get("start", {}).get("column", 0),
    }
