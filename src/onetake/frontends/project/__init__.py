"""What surrounds a program: its tests, its tools, its documents. Judged only when it is asked for (``--project``).

These are opinions that a team may share or not, so each is told with the lowest severity that is honest, and only what
the files themselves prove.
"""

from __future__ import annotations

from pathlib import Path

from onetake.frontends.detection import Folder, walk
from onetake.frontends.files import Options, shown
from onetake.frontends.project.remarks import File, Project, Remark, Remarked
from onetake.model.findings import Note
from onetake.model.language import Language
from onetake.model.stacks import Engine, Stack
from onetake.model.values import Span


def read(path: Path, options: Options) -> list[Stack]:
    """The folder at ``path``, as a stack without resources of which only remarks are known."""
    notes: list[Note] = []
    remarks = list(dict.fromkeys(_remarks(_project(path, options, notes))))
    files = {one.file.name: one.file for one in remarks}
    name = shown(path, options)
    stack = Stack(
        name=name,
        language=Language.TERRAFORM,
        where=Span(name),
        engine=Engine("terraform"),
        resources={},
        assumptions=options.assumptions,
        sources={name: Remarked(file, [one for one in remarks if one.file is file]) for name, file in files.items()},
        findings=[one.finding() for one in remarks],
        notes=notes,
        whole=False,
    )
    return [stack]


def _project(path: Path, options: Options, notes: list[Note]) -> Project:
    found: list[File] = []

    def visit(folder: Folder) -> bool:
        found.extend(File(folder.path / name, options) for name in folder.files)
        return not folder.path.name.endswith((".out", ".gen"))

    walk(path, options, options.exclude, notes, visit)
    return Project(path, options, tuple(found))


def _remarks(project: Project) -> list[Remark]:
    from onetake.frontends.project import go_style, names, places, python_format, python_style, tests, tooling

    return [
        *python_style.remarks(project),
        *python_format.remarks(project),
        *go_style.remarks(project),
        *tests.remarks(project),
        *names.remarks(project),
        *places.remarks(project),
        *tooling.remarks(project),
    ]
