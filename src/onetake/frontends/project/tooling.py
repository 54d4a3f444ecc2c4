"""The tools that a project calls and does not install, what it deploys although a check failed, and its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.frontends.project.remarks import (
    DEPLOYS_UNCHECKED,
    NO_DOCUMENTS,
    TOOL_UNDECLARED,
    File,
    Project,
    Remark,
)

_TOOLS = ("pylint", "ruff", "flake8", "black", "mypy", "pytest", "isort", "bandit")
_DECLARING = re.compile(
    r"^(?:Pipfile\.lock|poetry\.lock|uv\.lock|pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|noxfile\.py|environment\.ya?ml"
    r"|.*requirements.*\.(?:txt|in)|.*Dockerfile.*|\.pre-commit-config\.yaml|conda.*\.ya?ml)$"
)
_DOCUMENTS = (".md", ".rst", ".adoc", ".mdx")
_DEPLOY = re.compile(r"\b(?:cdktf|cdktn|cdk)\s+deploy\b|\b(?:terraform|tofu)\b.*\bapply\b|\bcloudformation\s+deploy\b")
_CHECK = re.compile(
    r"^\s*(?:(?:pipenv|poetry|uv)\s+run\s+)?(?:python3?\s+-m\s+)?"
    r"(?P<tool>pytest|pylint|ruff|flake8|mypy|cfn-lint|checkov|tfsec|onetake|go\s+(?:test|vet)|npm\s+(?:run\s+)?(?:test|lint)"
    r"|(?:cdktf|cdktn|cdk)\s+synth|(?:terraform|tofu)\b.*\bvalidate)\b"
)
_FORGIVEN = re.compile(r"\|\|\s*(?:true|:|echo\b[^;|&]*)\s*$")
_STOPS = re.compile(r"^\s*set\s+(?:-\w*e|-o\s+errexit)|^#!.*\s-\w*e|\$\?|\btrap\b", re.MULTILINE)
_CHAINED = re.compile(r"(?:&&|\|\||\\|\{)\s*$|\|\||&&")


def remarks(project: Project) -> Iterator[Remark]:
    """What is said of scripts, tools and documents."""
    for file in project.files:
        if file.path.name == "Pipfile":
            yield from _undeclared(file, project)
        elif file.name.endswith((".sh", ".bash")):
            yield from _deploys(file)
    yield from _documents(project)


def _undeclared(pipfile: File, project: Project) -> Iterator[Remark]:
    """Scripts of a Pipfile that call a tool which neither it nor another file installs."""
    data = pipfile.toml
    packages = {name.lower() for key in data if key not in ("scripts", "source") for name in _names(data[key])}
    others = "\n".join(one.text for one in project.files if _DECLARING.fullmatch(one.path.name))
    for name, script in _scripts(data.get("scripts")):
        for tool in _TOOLS:
            called = re.match(rf"(?:python3? -m )?{tool}\b", script)
            if called and not any(tool in one for one in packages) and not re.search(rf"\b{tool}\b", others):
                line = next((at for at, text in enumerate(pipfile.lines, 1) if script in text), 1)
                message = f'the script "{name}" runs {tool}, which nothing in the project installs'
                fix = f'add {tool} = "*" to [dev-packages]; a check that could not run has not passed'
                yield Remark(TOOL_UNDECLARED, pipfile, line, message, fix, f"is {tool} installed where it runs?")


def _names(section: object) -> list[str]:
    return list(section) if isinstance(section, dict) else []


def _scripts(section: object) -> Iterator[tuple[str, str]]:
    for name, script in section.items() if isinstance(section, dict) else ():
        if isinstance(script, str):
            yield name, script


def _deploys(script: File) -> Iterator[Remark]:
    """A check whose failure the script passes over on its way to a deployment."""
    code = [re.sub(r"(?:^|\s)#(?!!).*", "", line) for line in script.lines]
    deploys = next((at for at, line in enumerate(code, 1) if _DEPLOY.search(line)), 0)
    careful = bool(_STOPS.search(script.text))
    for at, line in enumerate(code[: max(0, deploys - 1)], 1):
        found = _CHECK.match(line)
        if found is None:
            continue
        tool = found["tool"]
        if _FORGIVEN.search(line):
            end = line[line.rindex("||") :].strip()
            message = f"deploys (line {deploys}) although {tool} failed: the line ends with {end}"
            yield Remark(DEPLOYS_UNCHECKED, script, at, message, f"let the script stop where {tool} fails: set -eu")
        elif not careful and not _CHAINED.search(line):
            message = f"deploys (line {deploys}) although {tool} failed: the script does not stop at failures"
            yield Remark(DEPLOYS_UNCHECKED, script, at, message, "write set -eu at the beginning")


def _documents(project: Project) -> Iterator[Remark]:
    programs = project.python
    if not programs or any(one.name.lower().endswith(_DOCUMENTS) for one in project.files):
        return
    if any(path.name.lower().startswith("readme") for folder in project.surroundings for path in folder.iterdir()):
        return
    message = "the project has no document: what it is, how it is deployed, what is known to be missing"
    yield Remark(NO_DOCUMENTS, programs[0], 1, message, "write a README.md")
