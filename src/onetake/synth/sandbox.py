"""The sandbox: which there is on this machine, and what a program sees inside.

Bubblewrap (``bwrap``) where it is installed, else namespaces that the kernel gives to everybody. In both, the files of
the machine are read-only; the folders of users, temporary files and the sockets of services are not there, but for the
program itself, its virtual environment and the interpreters on the ``PATH``; there is no network.
"""

from __future__ import annotations

import functools
import json
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path

from onetake.model.records import record
from onetake.synth import confinement

GIB = 1024**3
SCRATCH = 4 * GIB
LARGEST_FILE = GIB // 2
_EMPTY = ("/home", "/root", "/tmp", "/var/tmp", "/run", "/mnt", "/media")  # noqa: S108 - hidden, not written to
_TOOLS = ("python3", "python", "node", "go", "java", "dotnet")
_CODE = (".local/lib", "go/pkg/mod", ".nvm/versions", ".pyenv")
"""Folders of a home that hold packages of languages, and nothing of the user."""


MARK, CANNOT = confinement.MARK, confinement.CANNOT


class Kind(Enum):
    """What holds the program."""

    BUBBLEWRAP = "bwrap"
    NAMESPACES = "namespaces"
    NOTHING = "nothing"
    """Limits only; because the user said so."""


@record
class Places:
    """What of the machine is seen by a program, as absolute paths without links."""

    hidden: tuple[str, ...]
    """Empty inside; what is written there vanishes."""
    visible: tuple[str, ...]
    """In them, read-only."""
    home: str
    """Which is empty, too, but for what is visible."""

    def show(self, path: Path) -> bool:
        """Whether a path without links is seen."""
        if not _within(str(path), self.hidden):
            return not _holds_any(str(path), set(self.hidden))
        return _within(str(path), self.visible)


@functools.cache
def available() -> Kind | None:
    """The best sandbox that works here; each is tried with a program that does nothing."""
    if sys.platform == "linux":
        for kind in (Kind.BUBBLEWRAP, Kind.NAMESPACES):
            if (kind is Kind.NAMESPACES or shutil.which("bwrap")) and works(kind):
                return kind
    return None


def works(kind: Kind) -> bool:
    """Whether a program that does nothing can be run in it."""
    arguments = command(kind, ["true"], places(Path("/"), Path("/"), None), Path("/"), Path("/dev/null"), {})
    try:
        ended = subprocess.run(arguments, capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def limits(seconds: float) -> Mapping[str, int]:
    """Of each process. What counts for memory is what it can write to: V8 reserves addresses by the ten gigabytes."""
    return {
        "RLIMIT_AS": 128 * GIB,
        "RLIMIT_DATA": 4 * GIB,
        "RLIMIT_FSIZE": LARGEST_FILE,
        "RLIMIT_NPROC": 4096,
        "RLIMIT_CPU": int(4 * seconds) + 1,
        "RLIMIT_CORE": 0,
    }


def places(folder: Path, root: Path, virtualenv: Path | None) -> Places:
    """What is hidden and seen while the program in ``folder``, of the project in ``root``, is run."""
    home = _home()
    private = {os.path.realpath(path) for path in (*_EMPTY, *home) if os.path.isdir(path)} - {"/"}  # noqa: PTH112
    hidden = tuple(sorted(path for path in private if not any(_inside(path, other) for other in private)))
    seen = [*_wanted(folder, root, private), *_interpreters(home, virtualenv)]
    kept = [path for path in map(os.path.realpath, seen) if _hidden(path, hidden) and not _holds_any(path, private)]
    visible = tuple(path for path in dict.fromkeys(kept) if not any(_inside(path, other) for other in kept))
    # A home that is not there, as users of services have it, cannot be made in what is read-only.
    empty = (path for path in map(os.path.realpath, home) if _within(path, hidden))
    return Places(hidden, visible, next(empty, "/tmp"))  # noqa: S108 - empty inside


def _home() -> list[str]:
    """The user's home: as the environment says, and as the system does."""
    try:
        found = [os.environ.get("HOME", ""), pwd.getpwuid(os.getuid()).pw_dir]
    except KeyError:
        found = [os.environ.get("HOME", "")]
    return [path for path in found if path not in ("", "/") and os.path.isabs(path)]  # noqa: PTH117


def _wanted(folder: Path, root: Path, private: set[str]) -> Iterator[str]:
    """The project, unless that is a home or holds one: then the program's folder."""
    yield str(root if not _holds_any(os.path.realpath(root), private) else folder)


def _interpreters(home: Sequence[str], virtualenv: Path | None) -> Iterator[str]:
    """Where the programs on the PATH lie, with what belongs to them."""
    folders = [path for path in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(path)]  # noqa: PTH117
    found = [Path(path) for path in (*map(shutil.which, _TOOLS), os.environ.get("JSII_NODE")) if path]
    if virtualenv:
        folders.append(str(virtualenv / "bin"))
        found += [virtualenv / "bin" / "python"]
    for tool in found:
        folders += [str(tool.parent), os.path.dirname(os.path.realpath(tool))]  # noqa: PTH120
    for folder in folders:
        yield folder
        around = os.path.dirname(folder)  # noqa: PTH120
        # Directly in a home, as .cargo and .local are, it may hold what is private beside the programs.
        if os.path.basename(folder) == "bin" and os.path.dirname(around) not in home:  # noqa: PTH119, PTH120
            yield around
    yield from (f"{one}/{code}" for one in home for code in _CODE)
    if os.path.isdir("/run/current-system"):  # noqa: PTH112 - all programs of NixOS
        yield "/run/current-system"


def _hidden(path: str, hidden: Sequence[str]) -> bool:
    return os.path.exists(path) and any(_inside(path, one) for one in hidden)  # noqa: PTH110


def _within(path: str, folders: Sequence[str]) -> bool:
    return any(path == one or _inside(path, one) for one in folders)


def _inside(path: str, other: str) -> bool:
    return path != other and path.startswith(f"{other.rstrip('/')}/")


def _holds_any(path: str, private: set[str]) -> bool:
    """Whether ``path`` is a private folder, or one lies in it."""
    return any(path == one or _inside(one, path) for one in private)


def command(  # noqa: PLR0913, PLR0917 - what a process needs
    kind: Kind, arguments: Sequence[str], seen: Places, folder: Path, output: Path, allowed: Mapping[str, int]
) -> list[str]:
    """The command that runs ``arguments`` in ``folder`` in a sandbox, where only ``output`` is written to."""
    given: dict[str, object] = {"command": list(arguments), "folder": str(folder), "limits": dict(allowed)}
    if kind is Kind.BUBBLEWRAP:
        given["command"] = [shutil.which("bwrap"), *_bubblewrap(seen, folder, output), "--", *arguments]
        given["folder"] = "/"
    elif kind is Kind.NAMESPACES:
        given["namespaces"] = {
            "hidden": seen.hidden,
            "visible": seen.visible,
            "folders": [seen.home],
            "writable": os.path.realpath(output),
            "scratch": SCRATCH,
        }
    return [sys.executable, "-I", "-S", str(confinement.__file__), json.dumps(given)]


def _bubblewrap(seen: Places, folder: Path, output: Path) -> Iterator[str]:
    # Settings of the kernel belong to root by number, in any namespace: /proc is read-only, too.
    yield from ("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--remount-ro", "/proc")
    for path in seen.hidden:
        yield from ("--tmpfs", path)
    for path in seen.visible:
        yield from ("--ro-bind", path, path)
    yield from ("--dir", seen.home, "--bind", os.path.realpath(output), os.path.realpath(output))
    yield from ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--chdir", str(folder))
