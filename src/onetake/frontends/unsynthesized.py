"""Programs that are found but not read: sources that were never synthesized, and languages that are not ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from onetake.frontends.detection import Folder, Kind, Program
from onetake.frontends.files import Options, Unreadable, read_bytes, shown
from onetake.model.findings import Note
from onetake.model.values import Span

_SETTINGS = {"cdktf.json": Kind.CDKTF, "cdk.json": Kind.CDK}
_ENTRY_POINTS = ("main.py", "app.py", "main.go", "main.ts", "app.ts")
_CDKTF_IMPORT = re.compile(
    rb"""^\s*(?:from|import)\s+(?:cdktf|cdktn)\b|["']cdktf["']|["']cdktn["']|/(?:cdktf|cdktn)["/]""", re.MULTILINE
)
_CDK_IMPORT = re.compile(rb"""^\s*(?:from|import)\s+aws_cdk\b|["']aws-cdk-lib\b|aws-cdk-go/awscdk""", re.MULTILINE)
_COMMANDS = {Kind.CDKTF: ("CDKTF", "cdktf synth"), Kind.CDK: ("CDK", "cdk synth")}
_OTHERS = {
    "Pulumi.yaml": "Pulumi programs are not read",
    "serverless.yml": "not read: run serverless package and check .serverless/*.json",
    "serverless.yaml": "not read: run serverless package and check .serverless/*.json",
    "terragrunt.hcl": "Terragrunt is not read; check the modules it deploys",
}


def notes(folders: Iterable[Folder], programs: Sequence[Program], options: Options) -> list[Note]:
    """One note for each program under ``folders`` of which no artefact was found."""
    found = []
    for folder in folders:
        others = (name for name in folder.files if name in _OTHERS)
        found += [Note(Span(shown(folder.path / name, options)), _OTHERS[name]) for name in others]
        source = _source(folder, options)
        if source is not None and not _synthesized(source[1], folder.path, programs, options):
            found.append(Note(Span(shown(source[0], options)), advice(source[1])))
    return found


def advice(kind: Kind) -> str:
    """What to do about a source that was not synthesized."""
    tool, command = _COMMANDS[kind]
    return f"{tool} source without synthesized output: run {command} and check again"


def source_kind(path: Path, options: Options) -> Kind | None:
    """What a source file synthesizes to, told by what it imports."""
    try:
        text = read_bytes(path, options)
    except Unreadable:
        return None
    if _CDKTF_IMPORT.search(text):
        return Kind.CDKTF
    return Kind.CDK if _CDK_IMPORT.search(text) else None


def _source(folder: Folder, options: Options) -> tuple[Path, Kind] | None:
    for name, kind in _SETTINGS.items():
        if name in folder.files:
            return folder.path / name, kind
    for name in _ENTRY_POINTS:
        kind_of_entry = source_kind(folder.path / name, options) if name in folder.files else None
        if kind_of_entry:
            return folder.path / name, kind_of_entry
    return None


def _synthesized(kind: Kind, folder: Path, programs: Sequence[Program], options: Options) -> bool:
    if any(place.is_relative_to(folder.absolute()) for place in options.stand_ins):
        return True
    artefacts = {kind, Kind.CLOUDFORMATION} if kind is Kind.CDK else {kind}
    return any(program.kind in artefacts and program.path.is_relative_to(folder) for program in programs)
