"""What the command line of CDKTF, cdktn or the AWS CDK would run to synthesize a program, and in which environment."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from onetake.frontends import detection
from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.model.findings import Note
from onetake.model.records import record
from onetake.model.values import Span

SETTINGS = ("cdktf.json", "cdk.json")
_RUNNERS = ("pipenv run ", "poetry run ", "uv run ")
_QUIET = {
    "CHECKPOINT_DISABLE": "1",
    "CDK_DISABLE_CLI_TELEMETRY": "true",
    "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION": "1",
    "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
    "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@record
class Synthesis:
    """How one program is synthesized."""

    folder: Path
    """Of the program: where its command is run."""
    settings: str
    """The file that names the command, as reports show it."""
    command: str
    """For the shell."""
    output: Path
    """Where the framework's own command would write to; here it is only what reports call the folder."""
    variables: Mapping[str, str]
    """What the framework tells the program, without the folder it writes to."""
    destination: str
    """The variable that names the folder the program writes to."""
    virtualenv: Path | None = None
    """The program's own, if it lies inside its folder."""


def programs(paths: Sequence[Path], options: Options, exclude: Sequence[str]) -> list[Path]:
    """The settings of every program under ``paths`` that can be synthesized, in the order of their paths."""
    found: list[Path] = []
    ignored: list[Note] = []

    def visit(folder: detection.Folder) -> bool:
        if detection.assembly_kind(folder, options):
            return False
        named = next((name for name in SETTINGS if name in folder.files), None)
        if named:
            found.append(folder.path / named)
        return named is None

    for path in paths:
        if path.is_dir():
            detection.walk(path, options, exclude, ignored, visit)
    return list(dict.fromkeys(found))


def read(path: Path, options: Options) -> Synthesis | None:
    """How the program with these settings is synthesized; ``None`` if they name a folder that was synthesized before.

    Raises:
        Unreadable: the settings cannot be read, or name no command.
    """
    file = shown(path, options)
    settings = _settings(path, options)
    command = settings.get("app")
    if not isinstance(command, str) or not command.strip():
        raise Unreadable(
            Span(file), f'{file} names no command ("app")', 'write {"app": "python3 main.py"}, or the like'
        )
    folder = Path(os.path.realpath(path.parent))
    if (folder / command).is_dir():
        return None
    is_cdk = path.name == "cdk.json"
    output = settings.get("output")
    name = output if isinstance(output, str) and output else ("cdk.out" if is_cdk else "cdktf.out")
    virtualenv = folder / ".venv"
    own = virtualenv if (virtualenv / "pyvenv.cfg").is_file() else None
    return Synthesis(
        folder=folder,
        settings=file,
        command=_without_runner(command, own),
        output=Path(os.path.normpath(path.parent.absolute() / name)),
        variables={**_QUIET, **(_cdk(settings, path, options) if is_cdk else _cdktf(settings))},
        destination="CDK_OUTDIR" if is_cdk else "CDKTF_OUTDIR",
        virtualenv=own,
    )


def _settings(path: Path, options: Options) -> Mapping[str, Any]:
    file = shown(path, options)
    try:
        content = json.loads(read_text(path, options))
    except (ValueError, RecursionError) as error:
        raise Unreadable(Span(file), f"{file} is not JSON: {error}", "correct it") from error
    if not isinstance(content, dict):
        raise Unreadable(Span(file), f"{file} is no object", 'write {"app": "python3 main.py"}, or the like')
    return content


def _without_runner(command: str, virtualenv: Path | None) -> str:
    """The command without what would choose the virtual environment, where that is chosen already or not installed."""
    for runner in _RUNNERS:
        if virtualenv and command.startswith(runner) and not shutil.which(runner.split()[0]):
            return command.removeprefix(runner)
    return command


def _cdktf(settings: Mapping[str, Any]) -> Mapping[str, str]:
    context = settings.get("context")
    return {"CDKTF_CONTEXT_JSON": json.dumps(context)} if isinstance(context, dict) else {}


def _cdk(settings: Mapping[str, Any], path: Path, options: Options) -> Mapping[str, str]:
    context = dict(settings["context"]) if isinstance(settings.get("context"), dict) else {}
    looked_up = path.with_name("cdk.context.json")
    if looked_up.is_file():
        context |= _settings(looked_up, options)
    # What the CDK's own command adds: paths in the metadata lead from a resource to its construct.
    context.setdefault("aws:cdk:enable-path-metadata", True)
    context.setdefault("aws:cdk:enable-asset-metadata", True)
    variables = {"CDK_CONTEXT_JSON": json.dumps(context)}
    if options.assumptions.region_given:
        variables["CDK_DEFAULT_REGION"] = options.assumptions.region
    return variables
