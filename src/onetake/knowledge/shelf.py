"""Where packs lie: those that are shipped, and those that a user built for other versions.

The user's folder is ``ONETAKE_PACKS``, or ``onetake/packs`` below ``XDG_DATA_HOME`` (``~/.local/share``). A pack there
wins over a shipped one of the same name: it was asked of the very provider that the user has.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from onetake.knowledge.pack import DamagedPack, Pack, opened

SHIPPED = Path(__file__).parent / "packs"
SUFFIX = ".pack"


def own() -> Path:
    """The user's folder of packs, whether it exists or not."""
    chosen = os.environ.get("ONETAKE_PACKS")
    if chosen:
        return Path(chosen)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "onetake" / "packs"


@cache
def files() -> dict[str, Path]:
    """Every pack's file by its name, sorted by name; looked for once in a process."""
    found: dict[str, Path] = {}
    for folder in (SHIPPED, own()):
        found |= {file.stem: file for file in folder.glob(f"*{SUFFIX}")}
    return dict(sorted(found.items()))


def ships(name: str) -> bool:
    """Whether onetake comes with the pack called ``name``, so that there is no need to build one."""
    return (SHIPPED / f"{name}{SUFFIX}").is_file()


def pack(name: str) -> Pack | None:
    """The pack called ``name``; ``None`` when there is none.

    Where the user's own cannot be read, a shipped one takes its place.

    Raises:
        DamagedPack: its file is not a pack that this version can read.
    """
    file = files().get(name)
    if file is None:
        return None
    try:
        return opened(file)
    except DamagedPack as damage:
        if file.parent == SHIPPED:
            raise
        if ships(name):
            return opened(SHIPPED / file.name)
        raise DamagedPack(f"{damage} ({file}): delete it, or build it again with onetake knowledge build") from None


def versions(prefix: str) -> tuple[str, ...]:
    """The versions for which there are packs called ``prefix`` and a version, oldest first."""
    found = (name.removeprefix(prefix) for name in files() if name.startswith(prefix))
    return tuple(sorted((text for text in found if _numbers(text)), key=_numbers))


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
