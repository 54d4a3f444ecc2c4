"""A small project around a platform, for somebody to own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from onetake._version import __version__
from onetake.platforms import parameters
from onetake.platforms.catalogue import Entry
from onetake.platforms.refusals import Refused

_FILES: Final = {
    "main.py": "main.py.txt",
    "bootstrap.py": "bootstrap.py.txt",
    "tests/test_platform.py": "test_platform.py.txt",
    ".github/workflows/ci.yml": "ci.yml.txt",
    "README.md": "README.md.txt",
    ".gitignore": "gitignore.txt",
    "cdktf.json": "cdktf.json.txt",
}
_PYTEST: Final = '[tool.pytest.ini_options]\npythonpath = ["."]\ntestpaths = ["tests"]\n'


def create(entry: Entry, folder: Path, *, suffix: str, region: str, email: str) -> list[Path]:
    """Write a project into a folder that is empty or does not exist yet.

    Args:
        entry: the platform.
        folder: where to.
        suffix: of the copy for development; staging and prod are called so.
        region: where all environments stand, to begin with.
        email: where alarms of prod go.

    Returns:
        The files, relative to the folder.

    Raises:
        Refused: the folder holds something, or a parameter is wrong.
        OSError: it cannot be written.
    """
    parameters.suffix(suffix)
    if suffix in ("staging", "prod"):
        raise Refused("environment_suffix", suffix, "this is the copy for development; staging and prod come with it")
    parameters.region(region)
    parameters.email(email, "prod")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("DIR", str(folder), "it has to be empty, or not to exist yet")
    words = {
        "name": entry.name,
        "prefix": entry.prefix,
        "cls": entry.cls,
        "title": entry.name.replace("-", " ").capitalize(),
        "summary": entry.summary,
        "note": f"\n{entry.note}\n" if entry.note else "",
        "region": region,
        "suffix": suffix,
    }
    written = {target: _text(source, words) for target, source in _FILES.items()}
    written["requirements.txt"] = f"onetake[platforms]=={__version__}\npytest>=8,<10\n"
    written["pyproject.toml"] = _PYTEST
    for environment in parameters.ENVIRONMENTS:
        chosen = suffix if environment == "dev" else environment
        line = f'alarm_email = "{email}"\n' if environment == "prod" else f'# alarm_email = "{email}"\n'
        line += entry.settings.get(environment, "")
        own = {"suffix": chosen, "environment": environment, "email": line}
        written[f"settings/{chosen}.toml"] = _text("settings.toml.txt", words | own)
    for target, text in sorted(written.items()):
        place = folder / target
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return [Path(target) for target in sorted(written)]


def _text(source: str, words: dict[str, str]) -> str:
    template = files("onetake.platforms").joinpath("project", source).read_text(encoding="utf-8")
    return Template(template).substitute(words)
