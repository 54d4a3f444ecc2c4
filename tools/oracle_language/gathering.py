"""The configurations that are compared, laid out in a scratch folder: ``python -m ...gathering MIRRORS FOLDER``.

``MIRRORS`` holds bare repositories as ``owner+name/repo``. Of modules the examples are taken that need no provider
but AWS's; calls of registry modules that are among the mirrors are pointed at those, and what pins the AWS provider to
another major version than 5 is loosened. Default provider blocks are taken out, so that many programs can be planned
together as modules of one, under its provider. IaC-Eval's reference programs come from a table in one of the repositories.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TABLE = ("SkyForce+rl-gym", "rl_gym/iac/data/iac_eval.csv", "Reference output")
KEPT = (
    ".tf",
    ".tfvars",
    ".json",
    ".tpl",
    ".tftpl",
    ".yaml",
    ".yml",
    ".sh",
    ".txt",
    ".sql",
    ".html",
    ".pem",
    ".zip",
    ".py",
    ".js",
    ".csv",
    ".xml",
)
PROVIDERS = {"aws", "terraform"}
_VERSION = re.compile(r'(aws\s*=\s*\{[^}]*?version\s*=\s*)"[^"]*"', re.DOTALL)
_CORE = re.compile(r'(required_version\s*=\s*)"[^"]*"')
_REGISTRY = re.compile(
    r'(\bsource\s*=\s*)"(?:registry\.terraform\.io/)?terraform-aws-modules/([\w-]+)/aws(?://([\w./-]+))?"'
)
_CALL = re.compile(r'^module\s+"[^"]+"\s*\{.*?^\}', re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r'^\s*source\s*=\s*"(?:registry\.terraform\.io/)?[\w-]+/([\w-]+)"\s*$', re.MULTILINE)
_CALLED = re.compile(r'^\s*source\s*=\s*"([^"]+)"', re.MULTILINE)
_SUBSTITUTED = "random|null|time"
_RESOURCE = re.compile(rf'^resource\s+"((?:{_SUBSTITUTED})_\w+)"\s+"([\w-]+)"\s*\{{(.*?)^\}}', re.DOTALL | re.MULTILINE)
_REFERENCE = re.compile(
    rf"\b((?:{_SUBSTITUTED})_\w+)\.([\w-]+)((?:\[[^\]]*\])?)\.(?:id|hex|dec|result|b64_url|rfc3339|unix)\b"
)
_REPEATED = re.compile(r"^[ \t]*(?:count|for_each)\s*=.*$", re.MULTILINE)
_REQUIRED = re.compile(rf"^\s*(?:{_SUBSTITUTED})\s*=\s*\{{[^}}]*\}}\n", re.MULTILINE)
_DEFAULT_PROVIDER = re.compile(r'^provider\s+"?aws"?\s*\{.*?^\}', re.DOTALL | re.MULTILINE)
_USED = re.compile(r'^\s*(?:resource|data|ephemeral)\s+"([a-z0-9]+)_', re.MULTILINE)


def gather(mirrors: Path, folder: Path) -> dict[str, str]:
    """Lay the programs out; each with why it is left out, or nothing."""
    for name in sorted({path.parent.name.partition("+")[2] for path in mirrors.glob("terraform-aws-modules+*/repo")}):
        _unpack(mirrors / f"terraform-aws-modules+{name}" / "repo", folder / "modules" / name)
    references = list(_references(mirrors, folder))
    for file in sorted(folder.rglob("*.tf")):
        _loosen(file, folder / "modules")
    found = {name: _why_not(folder / name) for name in references}
    for example in _roots(folder / "modules"):
        found[example.relative_to(folder).as_posix()] = _why_not(example)
    return found


def _references(mirrors: Path, folder: Path) -> Iterator[str]:
    repository, path, column = TABLE
    mirror = mirrors / repository / "repo"
    if not mirror.is_dir():
        return
    text = subprocess.run(
        ["git", "-C", str(mirror), "show", f"HEAD:{path}"], capture_output=True, text=True, check=True
    ).stdout
    csv.field_size_limit(10**8)
    for number, row in enumerate(csv.DictReader(io.StringIO(text))):
        name = f"iac-eval/{number:03}"
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "main.tf").write_text(row[column] or "", encoding="utf-8")
        yield name


def _unpack(mirror: Path, to: Path) -> None:
    """Write the files of a mirror, without those that the mirror leaves out."""
    if to.exists():
        return
    listed = _git(mirror, "ls-tree", "-r", "--format=%(objectname) %(path)", _release(mirror)).decode().splitlines()
    wanted = [line.split(" ", 1) for line in listed if line.endswith(KEPT) and "/test" not in line]
    data = _git(mirror, "cat-file", "--batch", given="".join(f"{name}\n" for name, _ in wanted).encode())
    place = 0
    for _, path in wanted:
        head, place = data[place : data.index(b"\n", place)].split(), data.index(b"\n", place) + 1
        if head[-1] == b"missing":
            continue
        size = int(head[2])
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_bytes(data[place : place + size])
        place += size + 1


def _release(mirror: Path) -> str:
    """The newest release that was made for version 5 of the AWS provider; the newest commit where there is none."""
    for tag in _git(mirror, "tag", "--sort=-v:refname").decode().split():
        try:
            versions = _git(mirror, "grep", "-hE", r"version *= *\"[^\"]*[4-9]\.", tag, "--", "*versions.tf").decode()
        except subprocess.CalledProcessError:
            continue
        if versions and not re.search(r'"[^"]*(?<![\d.])[6-9]\.\d', versions):
            return tag
    return "HEAD"


def _git(mirror: Path, *arguments: str, given: bytes = b"") -> bytes:
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-C", str(mirror), *arguments]
    return subprocess.run(command, input=given, env=environment, capture_output=True, check=True).stdout


def _substituted(text: str) -> str:
    """Resources that make up a name, as the built-in ``terraform_data``, whose ``id`` is known after apply, too."""

    def resource(found: re.Match[str]) -> str:
        body = "\n".join(_REPEATED.findall(found[3]))
        return f'resource "terraform_data" "{found[1]}_{found[2]}" {{\n{body}\n}}'

    text = _REFERENCE.sub(r"terraform_data.\1_\2\3.id", _RESOURCE.sub(resource, text))
    return _REQUIRED.sub("", text)


def _loosened(text: str) -> str:
    text = _DEFAULT_PROVIDER.sub(lambda block: block[0] if "alias" in block[0] else "", _substituted(text))
    return _CORE.sub(r'\1">= 1.0"', _VERSION.sub(r'\1">= 4.0"', text))


def _loosen(file: Path, modules: Path) -> None:
    text = file.read_text(encoding="utf-8", errors="replace")
    changed = _CALL.sub(lambda call: _pointed(call[0], file, modules), _loosened(text))
    if changed != text:
        file.write_text(changed, encoding="utf-8")


def _pointed(call: str, file: Path, modules: Path) -> str:
    """A module call whose registry source is one of the mirrors, pointed at it."""
    source = _REGISTRY.search(call)
    target = modules / f"terraform-aws-{source[2]}" / (source[3] or "") if source else None
    if source is None or target is None or not target.is_dir():
        return call
    local = os.path.relpath(target, file.parent)
    return re.sub(r'\n\s*version\s*=\s*"[^"]*"', "", call.replace(source[0], f'{source[1]}"{local}"'), count=1)


def _roots(modules: Path) -> Iterator[Path]:
    for repository in sorted(modules.iterdir()):
        yield from sorted(path for path in (repository / "examples").glob("*") if any(path.glob("*.tf")))


def _why_not(example: Path) -> str:
    """Why a configuration cannot be planned here."""
    pending, seen = [example], set[Path]()
    while pending:
        here = pending.pop().resolve()
        if here in seen:
            continue
        seen.add(here)
        text = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in here.glob("*.tf"))
        others = {name for name in (*_USED.findall(text), *_NAMED.findall(text)) if name not in PROVIDERS}
        if others:
            return f"needs the provider {min(others)}"
        for call in _CALL.findall(text):
            source = (_CALLED.search(call) or ["", ""])[1]
            if not source.startswith("."):
                return f"needs the module {source}"
            pending.append(here / source)
    return ""


def main(arguments: list[str]) -> int:
    """Gather, and write which there are."""
    folder = Path(arguments[1])
    found = gather(Path(arguments[0]), folder)
    (folder / "programs.json").write_text(json.dumps(found, indent=1, sort_keys=True))
    print(len(found), "programs,", sum(not why for why in found.values()), "can be planned")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
