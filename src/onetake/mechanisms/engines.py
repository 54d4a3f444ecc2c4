"""Engines of databases and caches: versions that can be created, families of parameter groups, classes on offer.

Like every catalogue, the tables know what there was until their own date. A day before it is not judged, nor is a
version that may have come after it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from onetake.knowledge.tables import table
from onetake.mechanisms.catalogues import Phase, Status

_PLAIN = re.compile(r"\d+(\.\d+)*")
_NUMBERED = {"mysql": 2, "mariadb": 2, "postgres": 1, "aurora-postgresql": 1}
"""Engines whose versions are numbers, and how many of them make a major version."""
_FAMILIES = {"mysql": 2, "mariadb": 2, "postgres": 1, "aurora-postgresql": 1, "aurora-mysql": 2}
_RETIRED = frozenset({"m1", "m2", "m3", "m4", "r3", "r4", "t1", "t2"})
"""Families of instances to which RDS adds nothing any more, and which it takes away version by version."""
_OLD_VERSIONS = "(retired families)"


def rds_version(engine: str, version: str, day: datetime.date) -> Status:
    """Whether RDS makes new databases of a version, which may be written in part (``15``)."""
    facts = table("rds_engines")
    row = _row(engine)
    if row is None or day < facts.as_of:
        return Status(Phase.UNLISTED, None, "", facts)
    offered, withdrawn = row["versions"], row["withdrawn"]
    if _begins(version, offered):
        return Status(Phase.SUPPORTED, None, "", facts)
    near = _nearest(engine, version, offered)
    if _begins(version, withdrawn):
        return Status(Phase.NO_CREATE, None, near, facts)
    phase = Phase.NEVER if _passed_over(engine, version, (*offered, *withdrawn)) else Phase.UNLISTED
    return Status(phase, None, near, facts)


def parameter_family(engine: str, version: str) -> str | None:
    """The family of the parameter groups that a version of an engine of RDS takes; ``None`` where it is not known."""
    length = _FAMILIES.get(engine)
    numbers = re.findall(r"\d+", version.partition(".mysql_aurora")[0])
    if length is None or not numbers:
        return None
    if engine.endswith(("postgres", "postgresql")) and int(numbers[0]) < 10:
        length = 2
    return f"{engine}{'.'.join(numbers[:length])}" if len(numbers) >= length else None


def family_exists(family: str, day: datetime.date) -> bool | None:
    """Whether RDS has a family of parameter groups, in any case; ``None`` when that is not known."""
    family = family.lower()
    engine = next((one for one in sorted(_FAMILIES, key=len, reverse=True) if family.startswith(one)), "")
    facts = table("rds_engines")
    if not engine or day < facts.as_of:
        return None
    version = family.removeprefix(engine)
    row = facts.values[engine]
    versions = (*row["versions"], *row["withdrawn"])
    if family in {parameter_family(engine, one) for one in versions}:
        return True
    if not _PLAIN.fullmatch(version):
        return False if version.startswith(tuple("0123456789")) else None
    # What is newer than all that is known may be a family by now.
    newest = max(_numbers(one) for one in versions)
    return None if _numbers(version) > newest else False


def cache_family(engine: str, version: str) -> str | None:
    """The family of the parameter groups that a version of an engine of ElastiCache takes."""
    found = re.match(r"(\d+)(?:\.(\d+|x))?", version)
    if found is None:
        return None
    major = int(found[1])
    if engine == "redis" and major >= 6:
        return {6: "redis6.x", 7: "redis7"}.get(major)
    if engine == "valkey":
        return f"valkey{major}"
    return f"{engine}{major}.{found[2]}" if engine in ("redis", "memcached") and (found[2] or "x").isdigit() else None


def class_offered(engine: str, version: str | None, name: str, day: datetime.date) -> bool | None:
    """Whether RDS has a class of instances for an engine; ``None`` when that is not known.

    Only what cannot have been added since is denied: classes of families that are going away, and sizes or families
    that Aurora does not have.
    """
    facts = table("rds_engines")
    row = _row(engine)
    family, _, size = name.removeprefix("db.").partition(".")
    if row is None or day < facts.as_of or not size or not name.startswith("db."):
        return None
    sizes = row["classes"].get(family)
    if engine.startswith("aurora-") and family.startswith(("t", "m")) and size not in (sizes or ()):
        known = any(family in one.get("classes", ()) for one in facts.values.values())
        return False if known else None
    if family not in _RETIRED:
        return None
    deciding = _deciding(engine, version, row)
    return None if not deciding else any(name in taken for taken in deciding)


def _deciding(engine: str, version: str | None, row: Mapping[str, Any]) -> list[list[str]]:
    """What the old families still have, for each of the versions that it may be."""
    by_version = table("rds_engines").values[_OLD_VERSIONS]
    if engine not in _NUMBERED:
        return []
    versions = [version] if version else [one for one in row["versions"] if "-" not in one]
    found = []
    for one in versions:
        listed = [taken for key, taken in by_version.items() if _part_of(key, one) or _part_of(one, key)]
        if not listed:
            return []
        found += listed
    return found


def _row(engine: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = table("rds_engines").values.get(engine)
    return None if engine == _OLD_VERSIONS else found


def _part_of(start: str, whole: str) -> bool:
    return whole == start or whole.startswith(f"{start}.")


def _begins(version: str, listed: Iterable[str]) -> bool:
    return any(_part_of(version, one) for one in listed)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("-")[0]))


def _nearest(engine: str, version: str, offered: Iterable[str]) -> str:
    """What to write instead: the newest of the same major version, or the newest of all."""
    length = _NUMBERED.get(engine, 1)
    plain = [one for one in offered if "-" not in one]
    same = [one for one in plain if _numbers(one)[:length] == _numbers(version)[:length]]
    return max(same or plain, key=_numbers, default="")


def _passed_over(engine: str, version: str, listed: Iterable[str]) -> bool:
    """Whether a version that is nowhere listed is older than one that is, so that it did not come later."""
    length = _NUMBERED.get(engine)
    if length is None or not _PLAIN.fullmatch(version):
        return False
    asked = _numbers(version)
    known = [_numbers(one) for one in listed]
    same = [one for one in known if one[:length] == asked[:length]]
    return asked < max(same or known)
