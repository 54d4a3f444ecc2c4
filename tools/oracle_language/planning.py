"""What the real Terraform plans for a configuration, with the AWS provider and without AWS."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onetake.providers.binaries import find

PROVIDER = "5.100.0"
"""The version of the AWS provider that plans."""
SECONDS = 900
Planned = dict[str, Any]


def environment(endpoint: str, config: Path) -> dict[str, str]:
    """The environment in which Terraform runs: fake keys, one mirror of providers, and an endpoint for every service."""
    config.write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror()}"\n  }}\n}}\ndisable_checkpoint = true\n'
    )
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))},
        "TF_CLI_CONFIG_FILE": str(config),
        "TF_IN_AUTOMATION": "1",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def mirror() -> Path | None:
    """The folder of providers that Terraform is told to use."""
    found = find("hashicorp/aws", PROVIDER)
    return found.parents[5] if found else None


def why_not() -> str:
    """Why nothing can be planned on this machine; empty if it can."""
    if shutil.which("terraform") is None:
        return "there is no terraform on the PATH"
    if mirror() is None:
        return f"version {PROVIDER} of the AWS provider is in no mirror that Terraform's CLI configuration names"
    return ""


def plan(names: Sequence[str], programs: Path, endpoint: str) -> Iterator[tuple[str, Planned]]:
    """The plans of configurations: their instances with their arguments, and what Terraform refuses.

    They are planned together, as modules of one program, since starting the provider is what takes time. One that is
    refused before anything is planned is left out, and the others are asked for again.
    """
    with tempfile.TemporaryDirectory(dir=programs, prefix="batch-") as scratch:
        root = Path(scratch)
        env = environment(endpoint, root / "config")
        left = {f"p{number}": name for number, name in enumerate(names)}
        while left:
            calls = (f'module "{call}" {{\n  source = "../{name}"\n}}\n' for call, name in left.items())
            (root / "main.tf").write_text('provider "aws" {\n  region = "us-east-1"\n}\n' + "".join(calls))
            errors: list[dict[str, Any]] = []
            for stage, arguments in _STEPS.items():
                done = _run([*arguments, "-json"], root, env)
                errors = list(_diagnostics(done.stdout))
                if errors and stage != "plan":
                    break
            if not errors or stage == "plan":
                yield from _planned(left, errors, root, env)
                return
            guilty = {call: own for call in left if (own := _own(call, left[call], errors, root, programs))}
            if not guilty:
                raise RuntimeError(json.dumps(errors)[:2000])
            for call, own in guilty.items():
                yield left.pop(call), {"stage": stage, "errors": own, "resources": {}}


_STEPS = {
    "init": ["init", "-backend=false", "-input=false"],
    "validate": ["validate"],
    "plan": ["plan", "-refresh=false", "-input=false", "-lock=false", "-out=planned"],
}


def _planned(
    left: Mapping[str, str], errors: list[dict[str, Any]], root: Path, env: dict[str, str]
) -> Iterator[tuple[str, Planned]]:
    shown = _run(["show", "-json", "planned"], root, env).stdout if (root / "planned").exists() else ""
    changes = json.loads(shown or "{}").get("resource_changes", [])
    for call, name in left.items():
        own = _own(call, name, errors, root, root.parent)
        prefix = f"module.{call}."
        mine = (change for change in changes if change["address"].startswith(prefix))
        resources = dict(_resource(change, len(prefix)) for change in mine)
        yield name, {"stage": "plan", "errors": own, "resources": resources}


def _own(call: str, name: str, errors: list[dict[str, Any]], root: Path, programs: Path) -> list[dict[str, Any]]:
    """The errors that are about one of the programs."""
    folders = {str(folder) for folder in closure(programs / name)}
    found = []
    for error in errors:
        address, file = error["address"], error["file"]
        if address.startswith("module."):
            mine = address.split(".")[1] == call
        elif file in ("main.tf", ""):
            mine = f"module.{call}" in error["detail"] + error["summary"] or f'"{call}"' in error["code"]
        else:
            mine = str((root / file).resolve().parent) in folders
        if mine:
            found.append({**error, "file": os.path.relpath(root / file, programs / name) if file else ""})
    return found


def closure(program: Path) -> set[Path]:
    """The folders of a program: its own, and those of the modules that it calls."""
    pending, seen = [program.resolve()], set[Path]()
    while pending:
        here = pending.pop()
        if here in seen:
            continue
        seen.add(here)
        for file in here.glob("*.tf"):
            for source in re.findall(r'^\s*source\s*=\s*"(\.[^"]*)"', file.read_text(errors="replace"), re.MULTILINE):
                pending.append((here / source).resolve())
    return seen


def _run(arguments: list[str], folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["terraform", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=SECONDS
    )


def _diagnostics(log: str) -> Iterator[dict[str, Any]]:
    for line in log.splitlines() if not log.startswith("{\n") else [log]:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        for diagnostic in entry.get("diagnostics") or [entry.get("diagnostic") or {}]:
            if diagnostic.get("severity") == "error":
                place = diagnostic.get("range") or {}
                yield {
                    "summary": diagnostic["summary"],
                    "detail": diagnostic.get("detail", ""),
                    "file": place.get("filename", ""),
                    "line": place.get("start", {}).get("line", 0),
                    "address": diagnostic.get("address", ""),
                    "code": (diagnostic.get("snippet") or {}).get("context") or "",
                }


def _resource(change: dict[str, Any], prefix: int) -> tuple[str, dict[str, Any]]:
    what = change["change"]
    return change["address"][prefix:], {
        "mode": change.get("mode", "managed"),
        "after": what.get("after"),
        "unknown": what.get("after_unknown"),
    }
