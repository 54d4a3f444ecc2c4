"""What ``go.mod`` says: the module's own path, and which versions of others it requires."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, read_text
from onetake.model.records import record

_DIRECTIVE = re.compile(r"^(module|require|replace|exclude|retract|tool|toolchain|go|godebug|ignore)\b\s*(.*)$")
_MAJOR = re.compile(r"^v(\d+)$")


@record
class GoModule:
    """One ``go.mod``."""

    folder: Path
    path: str
    """Of the module itself."""
    required: Mapping[str, str]
    """The version that is required of each module (``v2.100.0``)."""
    replaced: frozenset[str]
    """Modules that are taken from elsewhere, so that their versions say nothing."""
    workspace: bool = False
    """Whether a ``go.work`` or vendored code may provide more."""

    def provider(self, path: str) -> str:
        """The required module in which a package would lie: the longest; empty if there is none."""
        found = (one for one in (*self.required, *self.replaced) if path == one or path.startswith(f"{one}/"))
        return max(found, key=len, default="")

    def own(self, path: str) -> Path | None:
        """The folder of a package of this module's own; ``None`` for another's."""
        if path == self.path:
            return self.folder
        inside = path.removeprefix(f"{self.path}/")
        return self.folder / inside if self.path and inside != path else None


def module_of(folder: Path, options: Options) -> GoModule | None:
    """The module in which a folder lies, inside the root; ``None`` when there is none, or it cannot be read."""
    root, here = options.root.resolve(), folder.resolve()
    found: Path | None = None
    workspace = False
    while here.is_relative_to(root):
        if found is None and (here / "go.mod").is_file():
            found = here
            workspace = (here / "vendor").is_dir()
        workspace = workspace or (here / "go.work").is_file()
        if here == root:
            break
        here = here.parent
    if found is None:
        return None
    try:
        return _read(found, read_text(found / "go.mod", options), workspace=workspace)
    except Unreadable:
        return None


def _read(folder: Path, content: str, *, workspace: bool) -> GoModule:
    path = ""
    required: dict[str, str] = {}
    replaced: set[str] = set()
    for directive, rest in _lines(content):
        words = [word.strip('"`') for word in rest.split()]
        if directive == "module" and words:
            path = words[0]
        elif directive == "require" and len(words) > 1:
            required[words[0]] = words[1]
        elif directive == "replace" and words:
            replaced.add(words[0])
    return GoModule(folder, path, required, frozenset(replaced), workspace)


def _lines(content: str) -> Iterator[tuple[str, str]]:
    """Directives, one for each line of a block."""
    block = ""
    for raw in content.splitlines():
        line = raw.partition("//")[0].strip()
        if block:
            if line == ")":
                block = ""
            elif line:
                yield block, line
            continue
        found = _DIRECTIVE.match(line)
        if found and found[2].strip() == "(":
            block = found[1]
        elif found:
            yield found[1], found[2]


def without_major(path: str) -> str:
    """A module's path without its major version."""
    head, _, tail = path.rpartition("/")
    return head if _MAJOR.match(tail) else path


def required(path: str, module: GoModule) -> str:
    """The required module that would have a package, but for its major version; empty if there is none."""
    return next((one for one in module.required if _alike(path, one)), "")


def _alike(path: str, required: str) -> bool:
    bare = without_major(required)
    return path == bare or path.startswith(f"{bare}/")


def through(path: str, module: GoModule | None) -> str:
    """The path of the same package in the module that is required; ``path`` itself where none is, or one has it."""
    wanted = required(path, module) if module and not module.provider(path) else ""
    if not wanted:
        return path
    rest = path.removeprefix(without_major(wanted)).lstrip("/")
    first, _, tail = rest.partition("/")
    inside = tail if re.fullmatch(r"v\d+", first) else rest
    return f"{wanted}/{inside}".rstrip("/")
