"""Where a project says that its Python is formatted, with what, and which files of it.

That a formatter is installed says nothing: many programs bring Black for what they generate. It is configured, or a
script, a hook or a pipeline runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from onetake.frontends.project.formatting import commands
from onetake.frontends.project.formatting.commands import Call
from onetake.frontends.project.remarks import File, Project
from onetake.model.records import record

CONFIGURATIONS = (".ruff.toml", "ruff.toml", "pyproject.toml")
"""Files with settings of Ruff, the first of a folder alone; Black has them in the last."""
HOOKS = (".pre-commit-config.yaml", ".pre-commit-config.yml")
_SCRIPT = re.compile(
    r"(?:GNU)?[Mm]akefile|.*\.mk|[Jj]ustfile|.*\.(?:sh|bash)|tox\.ini|setup\.cfg|Pipfile|[Tt]askfile\.ya?ml"
    r"|\.gitlab-ci\.ya?ml|.*buildspec.*\.ya?ml|bitbucket-pipelines\.yml|azure-pipelines\.ya?ml|pyproject\.toml"
)
_HOOK_NAMES = {"black": "black", "black-jupyter": "black", "ruff-format": "ruff"}
_ACTION = re.compile(r"uses:\s*psf/black@|uses:\s*astral-sh/ruff-action@[^#]*?args:\s*[\"']?format\b", re.DOTALL)


@record
class Claim:
    """A place where the project says that files are formatted."""

    where: str
    """The file that says so."""
    base: Path
    """The folder that it speaks of."""
    call: Call
    left: tuple[str, ...] = ()
    """Regular expressions of the files that a hook passes over."""
    taken: tuple[str, ...] = ()
    """Of those that it takes alone."""

    def covers(self, path: Path) -> bool:
        """Whether the file at ``path`` is meant."""
        if not path.is_relative_to(self.base):
            return False
        name = path.relative_to(self.base).as_posix()
        if any(_finds(one, name) for one in self.left) or not all(_finds(one, name) for one in self.taken):
            return False
        places = [(self.base / one).resolve() for one in self.call.paths]
        return not places or any(path.resolve().is_relative_to(one) for one in places)


def _finds(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False


def claims(project: Project) -> list[Claim]:
    """What the project says: what it runs first, then what it configures."""
    above = [path for folder in project.surroundings[1:] for path in sorted(folder.iterdir()) if _speaks(path.name)]
    files = [one for one in project.files if _speaks(one.path.name)]
    files += [project.beside(path) for path in above if path.is_file()]
    run = [claim for one in files for claim in _run(one, project)]
    run += [claim for one in _workflows(project) for claim in _pipeline(one)]
    return [*run, *(claim for one in files for claim in _configured(one))]


def _speaks(name: str) -> bool:
    return bool(_SCRIPT.fullmatch(name)) or name in (*CONFIGURATIONS, *HOOKS, "noxfile.py")


def _run(file: File, project: Project) -> Iterator[Claim]:
    name, base = file.path.name, file.path.parent.resolve()
    if name in HOOKS:
        yield from _hooks(file, base)
    elif name == "noxfile.py":
        yield from (Claim(file.name, base, one) for one in commands.sessions(file.text))
    elif _SCRIPT.fullmatch(name) and not re.search(r"^\s*(?:cd|pushd)\b|working[-_]dir", file.text, re.MULTILINE):
        # A script in a folder of its own is run from that of the project.
        here = project.folder.resolve()
        if name.endswith(("sh", ".mk")) and base.is_relative_to(here):
            base = here
        yield from (Claim(file.name, base, one) for one in commands.calls(file.text))


def _workflows(project: Project) -> list[File]:
    """Those of GitHub, which lie in a hidden folder."""
    folders = [folder / ".github" / "workflows" for folder in project.surroundings]
    paths = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]
    return [project.beside(path) for path in paths if path.suffix in (".yml", ".yaml") and path.is_file()]


def _pipeline(file: File) -> Iterator[Claim]:
    base = file.path.parent.parent.parent.resolve()
    if "working-directory" in file.text or re.search(r"^\s*(?:-\s+|run:\s*)*cd\s", file.text, re.MULTILINE):
        return
    yield from (Claim(file.name, base, one) for one in commands.calls(file.text))
    if _ACTION.search(file.text) and not re.search(r"^\s*(?:options|src):", file.text, re.MULTILINE):
        yield Claim(file.name, base, Call("black" if "psf/black@" in file.text else "ruff", ()))


def _hooks(file: File, base: Path) -> Iterator[Claim]:
    import yaml

    try:
        data = yaml.safe_load(file.text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return
    for repository in _list(_get(data, "repos")):
        for hook in _list(_get(repository, "hooks")):
            formatter = _HOOK_NAMES.get(str(_get(hook, "id")))
            call = commands.options(formatter, [str(one) for one in _list(_get(hook, "args"))]) if formatter else None
            if call and not call.paths and _list(_get(hook, "stages")) != ["manual"]:
                yield Claim(file.name, base, call, _texts("exclude", data, hook), _texts("files", data, hook))


def _get(data: object, key: str) -> object:
    return data.get(key) if isinstance(data, dict) else None


def _list(data: object) -> list[object]:
    return data if isinstance(data, list) else []


def _texts(key: str, *places: object) -> tuple[str, ...]:
    found: Iterable[object] = (_get(one, key) for one in places)
    return tuple(one for one in found if isinstance(one, str))


def _configured(file: File) -> Iterator[Claim]:
    if file.path.name in CONFIGURATIONS:
        data = file.toml
        base = file.path.parent.resolve()
        ruff = _get(_get(data, "tool"), "ruff") if file.path.name == "pyproject.toml" else data
        if isinstance(_get(ruff, "format"), dict):
            yield Claim(file.name, base, Call("ruff", ()))
        if file.path.name == "pyproject.toml" and isinstance(_get(_get(data, "tool"), "black"), dict):
            yield Claim(file.name, base, Call("black", ()))
