"""From paths to stacks: which programs lie under a path, and the reader for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from onetake.frontends import detection
from onetake.frontends.detection import STACK_FILE, TEMPLATE_ENDINGS, TERRAFORM_ENDINGS, Folder, Found, Kind, Program
from onetake.frontends.files import Options, Unreadable, confined, read_bytes, shown
from onetake.frontends.plan import recognition
from onetake.model.findings import Note
from onetake.model.records import replace
from onetake.model.stacks import Stack
from onetake.model.values import Span

__all__ = ["Found", "Kind", "Program", "Reader", "find", "read", "synthesized"]

Reader = Callable[[Path, Options], list[Stack]]
_NEVER_PLANS = (".yaml", ".yml", ".py", ".go", ".ts", ".js")


def find(paths: Sequence[Path], options: Options, exclude: Sequence[str] = ()) -> Found:
    """The programs under ``paths``: every one below a folder; a file always, whatever it looks like."""
    found = Found()
    folders: list[Folder] = []
    for path in (*paths, *options.stand_ins.values()):
        try:
            if confined(path, options) in options.overlay or not path.is_dir():
                found.programs.append(_file(path, options))
                found.notes += _neighbours(found.programs[-1], options)
            else:
                folders += _folder(path, options, exclude, found)
        except Unreadable as error:
            found.unreadable.append(error)
    _drop_modules(found, {path for path in paths if path.is_dir()}, options)
    found.programs = _distinct(found.programs)
    if options.project:
        found.programs += [detection.program(Kind.PROJECT, path, options) for path in paths if path.is_dir()]
    if folders:
        from onetake.frontends import unsynthesized

        found.notes += unsynthesized.notes(folders, found.programs, options)
        if any(name.endswith((".py", ".go")) for folder in folders for name in folder.files):
            from onetake.frontends import source

            found.programs += source.faulty(folders, options)
            if all(program.kind is Kind.PROJECT for program in found.programs) and not found.unreadable:
                found.programs += source.right([path for path in paths if path.is_dir()], folders, options)
            found.notes += source.unread(folders, options)
    return found


def _folder(path: Path, options: Options, exclude: Sequence[str], found: Found) -> list[Folder]:
    visited: list[Folder] = []

    def visit(folder: Folder) -> bool:
        visited.append(folder)
        here = _without_own_plans(detection.classify(folder, options), found)
        found.programs += here
        # A synthesized folder is one program, whatever lies in it.
        return not any(program.path == folder.path and program.kind is not Kind.TERRAFORM for program in here)

    detection.walk(path, options, exclude, found.notes, visit)
    return visited


def _without_own_plans(programs: list[Program], found: Found) -> list[Program]:
    """Leave out plans in a configuration's own folder: they may be older, and would repeat its findings."""
    if not any(program.kind is Kind.TERRAFORM for program in programs):
        return programs
    for program in programs:
        if program.kind is Kind.PLAN:
            text = f"a plan of this configuration, perhaps; check both together with --plan {program.name}"
            found.notes.append(Note(Span(program.name), text))
    return [program for program in programs if program.kind is not Kind.PLAN]


def _drop_modules(found: Found, given: set[Path], options: Options) -> None:
    """Leave out the folders that only serve others as modules; they are read where they are used."""
    folders = [program.path for program in found.programs if program.kind is Kind.TERRAFORM and program.path.is_dir()]
    if len(folders) < 2:
        return
    used = detection.roots(folders, lambda folder: detection.local_modules(folder, options))
    dropped = {folder: root for folder, root in used.items() if folder not in given or len(given) == 1}
    found.programs = [program for program in found.programs if program.path not in dropped]
    for folder, root in dropped.items():
        found.notes.append(
            Note(Span(shown(folder, options)), f"read as a module of {shown(root, options)}", missing=False)
        )


def _distinct(programs: Sequence[Program]) -> list[Program]:
    return list({os.path.realpath(program.path): program for program in reversed(programs)}.values())[::-1]


def _file(path: Path, options: Options) -> Program:
    name = path.name
    if name == "manifest.json":
        kind = detection.assembly_kind(Folder(path.parent, (name,)), options)
        if kind:
            return detection.program(kind, path.parent, options)
    if name == STACK_FILE:
        return detection.program(Kind.CDKTF, path, options)
    if name.endswith(TERRAFORM_ENDINGS):
        return detection.program(Kind.TERRAFORM, path, options)
    if not name.endswith(_NEVER_PLANS) and _is_plan(path, options):
        return detection.program(Kind.PLAN, path, options)
    if name.endswith(TEMPLATE_ENDINGS) or path in options.overlay:
        return detection.program(_sniffed(path, options), path, options)
    if name.endswith((".py", ".go")):
        from onetake.frontends import source

        if source.has_faults(path, options) or source.is_program(path, options):
            return detection.program(Kind.SOURCE, path, options)
    raise _no_program(path, options)


def _is_plan(path: Path, options: Options) -> bool:
    """Whether a file of any name is a plan that can be read.

    Raises:
        Unreadable: it is a plan in another form, or a state.
    """
    content = read_bytes(path, recognition.for_plans(options))
    refusal = recognition.refusal(content)
    if refusal:
        file = shown(path, options)
        raise Unreadable(Span(file), f"{file} {refusal[0]}", refusal[1])
    return recognition.is_plan(content)


def _no_program(path: Path, options: Options) -> Unreadable:
    from onetake.frontends import unsynthesized

    file = shown(path, options)
    read_bytes(path, options)
    kind = unsynthesized.source_kind(path, options)
    if kind:
        return Unreadable(Span(file), f"{file} is source, which is not executed", unsynthesized.advice(kind))
    return Unreadable(
        Span(file),
        f"{file} is no infrastructure program that onetake reads",
        "give a Terraform or CloudFormation file, or a folder",
    )


def _sniffed(path: Path, options: Options) -> Kind:
    """Terraform's JSON under a name that does not say so, or a template."""
    content = read_bytes(path, options)
    if b'"Resources"' in content or not content.lstrip().startswith(b"{"):
        return Kind.CLOUDFORMATION
    blocks = (b'"resource"', b'"terraform"', b'"provider"', b'"module"', b'"data"')
    return Kind.TERRAFORM if any(block in content for block in blocks) else Kind.CLOUDFORMATION


def _neighbours(program: Program, options: Options) -> list[Note]:
    """A Terraform file that is read alone may miss what stands beside it."""
    if program.kind is not Kind.TERRAFORM or program.path in options.overlay or not program.path.is_file():
        return []
    others = [
        other.name
        for other in sorted(program.path.parent.iterdir())
        if other.name.endswith(TERRAFORM_ENDINGS) and other.name != program.path.name
    ]
    if not others:
        return []
    text = f"read alone, without {others[0]}" + (f" and {len(others) - 1} more" if others[1:] else "")
    return [Note(Span(program.name), f"{text} beside it; give the folder to check them together")]


def _reader(kind: Kind) -> Reader:
    import importlib

    return cast("Reader", importlib.import_module(f"onetake.frontends.{kind.value}").read)


def read(program: Program, options: Options, readers: Mapping[Kind, Reader] | None = None) -> list[Stack]:
    """The stacks of a program.

    Raises:
        Unreadable: it cannot be read; says where, why and what to do.
    """
    reader = readers[program.kind] if readers else _reader(program.kind)
    if program.plan is None:
        return reader(program.path, options)
    from onetake.frontends.plan import read_with

    # What is named is read wherever it lies; the configuration stays inside its root.
    inside = program.plan.is_relative_to(os.path.realpath(options.root))
    there = options if inside else replace(options, root=program.plan.parent)
    if program.kind is Kind.PLAN:
        return reader(program.plan, there)
    return read_with(program.plan, there, lambda given: reader(program.path, replace(given, root=options.root)))


def synthesized(stack: Stack) -> bool:
    """Whether a tool wrote the files of ``stack``, so that a change of them would not last."""
    return bool(stack.construct_tool)
