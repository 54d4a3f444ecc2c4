"""What a project has decided once: ``[tool.onetake]`` in ``pyproject.toml``, or ``onetake.toml``."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from onetake.analysis.names import suggestion
from onetake.model.findings import Severity
from onetake.model.records import field, record


class Misconfigured(ValueError):
    """Wrong usage: a setting, an option or a name that does not exist or has no sense; exit code 2.

    Attributes:
        message: what is wrong, in one line.
        file: the file it is written in; empty for an option.
        line: the line, from 1; 0 where there is none.
    """

    def __init__(self, message: str, file: str = "", line: int = 0) -> None:
        here = os.path.relpath(file) if file and Path(file).is_relative_to(Path.cwd()) else file
        place = f"{here}:{line}: " if line else f"{here}: " if here else ""
        super().__init__(place + message)
        self.message = message
        self.file = file
        self.line = line


@record
class Configuration:
    """The settings of a project; what is not set is empty."""

    file: Path | None = None
    region: str = ""
    profile: str = ""
    """A name, or the path of a file relative to the configuration's folder, made absolute."""
    as_of: datetime.date | None = None
    fail_on: str = ""
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Rules to leave out in the files that a pattern names."""
    exclude: tuple[str, ...] = ()
    project: bool = False
    """Whether what surrounds the programs is judged, too."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    parameter_files: tuple[Path, ...] = ()
    module_dirs: tuple[Path, ...] = ()


def find(start: Path, root: Path) -> Configuration:
    """The nearest configuration at or above ``start``, inside ``root``; an empty one when there is none.

    Raises:
        Misconfigured: the nearest one has mistakes.
    """
    folder = start if start.is_dir() else start.parent
    for above in (folder, *folder.parents):
        for name in ("onetake.toml", "pyproject.toml"):
            file = above / name
            try:
                content = file.read_bytes()
            except OSError:
                continue
            if name == "onetake.toml" or b"onetake" in content:
                found = _parse(file, content)
                if found is not None:
                    return found
        if above == root:
            break
    return Configuration()


def load(file: Path) -> Configuration:
    """The configuration in ``file``.

    Raises:
        Misconfigured: it cannot be read, or has mistakes.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Misconfigured(f"cannot be read: {error.strerror}", str(file)) from error
    return _parse(file, content) or Configuration()


def _parse(file: Path, content: bytes) -> Configuration | None:
    import tomllib

    try:
        text = content.decode("utf-8")
        data: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise Misconfigured(f"is no TOML: {error}", str(file), int(line[1]) if line else 0) from error
    if file.name == "pyproject.toml":
        data = data.get("tool", {}).get("onetake")
        if data is None:
            return None
    if not isinstance(data, dict):
        raise Misconfigured("tool.onetake must be a table", str(file))
    return _Settings(file, text).configuration(data)


class _Settings:
    """The reader of one file; knows where its keys are written."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._text = text
        self._readers: dict[str, Callable[[str, Any], Any]] = {
            "region": self._string,
            "profile": self._profile,
            "as-of": self._date,
            "fail-on": self._severity,
            "only": self._strings,
            "ignore": self._strings,
            "ignore-in": self._patterns,
            "exclude": self._strings,
            "project": self._boolean,
            "parameters": self._parameters,
            "parameter-files": self._files,
            "module-dirs": self._files,
        }

    def configuration(self, data: Mapping[str, Any]) -> Configuration:
        settings: dict[str, Any] = {}
        for key, value in data.items():
            reader = self._readers.get(key)
            if reader is None:
                raise self._wrong(key, f'there is no setting "{key}"{suggestion(key, self._readers)}')
            settings[key.replace("-", "_")] = reader(key, value)
        return Configuration(file=self._file, **settings)

    def _wrong(self, key: str, message: str) -> Misconfigured:
        written = re.search(rf"^[ \t]*(?:\[.*)?\"?{re.escape(key)}\"?[ \t]*[=\]]", self._text, re.MULTILINE)
        line = self._text.count("\n", 0, written.start()) + 1 if written else 0
        return Misconfigured(message, str(self._file), line)

    def _string(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self._wrong(key, f"{key} must be a text")
        return value

    def _boolean(self, key: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._wrong(key, f"{key} must be true or false")
        return value

    def _strings(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, f"{key} must be a list of texts")
        return tuple(value)

    def _profile(self, key: str, value: Any) -> str:
        name = self._string(key, value)
        return str(self._file.parent / name) if name.endswith((".toml", ".json")) else name

    def _date(self, key: str, value: Any) -> datetime.date:
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        try:
            return datetime.date.fromisoformat(self._string(key, value))
        except ValueError as error:
            raise self._wrong(key, f"{key} must be a date, like 2026-11-24") from error

    def _severity(self, key: str, value: Any) -> str:
        words = [*(severity.value for severity in Severity), "never"]
        if value not in words:
            raise self._wrong(key, f"{key} must be one of {', '.join(words)}")
        return str(value)

    def _patterns(self, key: str, value: Any) -> Mapping[str, tuple[str, ...]]:
        if not isinstance(value, dict):
            raise self._wrong(key, f"{key} must be a table from patterns to lists of rules")
        return {pattern: self._strings(pattern, names) for pattern, names in value.items()}

    def _parameters(self, key: str, value: Any) -> Mapping[str, str]:
        if not isinstance(value, dict):
            raise self._wrong(key, f"{key} must be a table from names to values")
        return {name: written(given) for name, given in value.items()}

    def _files(self, key: str, value: Any) -> tuple[Path, ...]:
        return tuple(self._file.parent / name for name in self._strings(key, value))


def written(value: Any) -> str:
    """``value`` as it is written behind ``--parameter NAME=``."""
    if isinstance(value, str):
        return value
    import json

    return json.dumps(value)
