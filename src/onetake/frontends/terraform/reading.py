"""The files that a program's functions may read: those inside the root that is checked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, confined, read_bytes
from onetake.frontends.terraform.functions.values import Undetermined


class ProgramFiles:
    """Files by paths relative to the folder of the root module."""

    def __init__(self, folder: Path, options: Options) -> None:
        self._folder = folder
        self._options = options

    def _inside(self, path: str) -> Path:
        try:
            real = confined(self._folder / path, self._options)
        except Unreadable as error:
            # It may well exist there; only we do not look.
            raise Undetermined(f"{path} lies outside the folder that is checked") from error
        except (ValueError, OSError) as error:
            raise FileNotFoundError(path) from error
        if real.is_dir():
            raise IsADirectoryError(path)
        return real

    def read_bytes(self, path: str) -> bytes:
        """The content of a file; ``FileNotFoundError`` where there is none, ``IsADirectoryError`` for a folder."""
        try:
            return read_bytes(self._inside(path), self._options)
        except Unreadable as error:
            raise FileNotFoundError(path) from error

    def exists(self, path: str) -> bool:
        """Is there a regular file? ``IsADirectoryError`` for a folder."""
        try:
            return self._inside(path).is_file()
        except FileNotFoundError:
            return False

    def glob(self, path: str, pattern: str) -> Iterable[str]:
        """The regular files below folder ``path`` that match ``pattern``, relative to it, with forward slashes."""
        try:
            folder = confined(self._folder / path, self._options)
        except (Unreadable, ValueError, OSError):
            return []
        matches = (found for found in folder.glob(pattern or "*") if found.is_file())
        names = (
            found.relative_to(folder).as_posix()
            for found, _ in zip(matches, range(self._options.limits.files), strict=False)
        )
        return sorted(names)
