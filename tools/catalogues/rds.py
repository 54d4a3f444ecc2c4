"""Engines of RDS: versions that can be created, versions that no longer can, classes that are offered."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tools.catalogues import cfn_lint
from tools.catalogues.tables import Draft

DATABASES = ("aws_rds_dbinstance", "aws_rds_dbcluster")
RETIRED = frozenset({"m1", "m2", "m3", "m4", "r3", "r4", "t1", "t2"})
"""Families of classes that RDS has been withdrawing, version by version, and to which nothing is added."""
_MAJOR = r"^\^\((?P<version>[^|]+?)\\\.\.\+\|"


def draft() -> Draft:
    """The table ``rds_engines``."""
    versions: dict[str, set[str]] = defaultdict(set)
    withdrawn: dict[str, set[str]] = defaultdict(set)
    for database in DATABASES:
        for engine, found in _versions(cfn_lint.extension(database, "engine_version.json")):
            versions[engine] |= found
        for engine, found in _withdrawn(cfn_lint.extension(database, "engine_version_deprecated.json")):
            withdrawn[engine] |= found
    classes = _classes(cfn_lint.extension(DATABASES[0], "dbinstanceclass_enum.json"))
    values = {
        engine: {
            "versions": _ordered(versions[engine] - withdrawn[engine]),
            "withdrawn": _ordered(withdrawn[engine]),
            "classes": _families(classes.get(engine, ())),
        }
        for engine in versions
        if not engine.startswith("custom-")
    }
    old = _old_classes(cfn_lint.extension(DATABASES[0], "db_instance_class.json"))
    return Draft(
        "Engines of RDS: the versions that can be created, those that once could, the classes that are sold anywhere "
        "(family: sizes); under (retired families) the classes of old families that a version still takes",
        cfn_lint.date(),
        complete=True,
        sources=(cfn_lint.source("schemas/extensions/aws_rds_*"), "rds:DescribeDBEngineVersions as recorded there"),
        values={**values, "(retired families)": old},
        counts={
            "engines": len(values),
            "versions": sum(len(one["versions"]) for one in values.values()),
            "withdrawn": sum(len(one["withdrawn"]) for one in values.values()),
            "classes": sum(len(found) for engine, found in classes.items() if engine in values),
        },
    )


def _versions(schema: Mapping[str, Any]) -> Iterable[tuple[str, set[str]]]:
    for one in schema["allOf"]:
        engine = one["if"]["properties"]["Engine"].get("const")
        if engine:
            yield engine, set(one["then"]["properties"]["EngineVersion"]["enum"])


def _withdrawn(schema: Mapping[str, Any]) -> Iterable[tuple[str, set[str]]]:
    for one in schema["allOf"]:
        asked = one["if"]["properties"]
        yield asked["Engine"]["const"], set(asked["EngineVersion"]["enum"])


def _classes(schema: Mapping[str, Any]) -> dict[str, set[str]]:
    """Every class that is sold for an engine in some region under some licence."""
    found: dict[str, set[str]] = defaultdict(set)
    for region in schema.values():
        for one in region["allOf"]:
            engine = one["if"]["properties"]["Engine"]["const"]
            found[engine] |= set(one["then"]["properties"]["DBInstanceClass"]["enum"])
    return found


def _families(classes: Iterable[str]) -> dict[str, list[str]]:
    """``db.t3.micro`` as ``t3: micro``; ``db.serverless`` has no size."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in classes:
        _, family, *size = name.split(".", 2)
        found[family] |= set(size)
    return {family: sorted(sizes) for family, sizes in sorted(found.items())}


def _old_classes(schema: Mapping[str, Any]) -> dict[str, list[str]]:
    """By version, as far as it decides about classes: what is taken of the families that are being withdrawn."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in schema["allOf"]:
        pattern = one["if"]["properties"]["EngineVersion"]["pattern"]
        matched = re.match(_MAJOR, pattern)
        if matched is None:
            raise ValueError(f"a pattern of versions of another form: {json.dumps(pattern)}")
        taken = one["then"]["properties"]["DBInstanceClass"]["enum"]
        version = matched["version"].replace("\\", "")
        found[version] |= {name for name in taken if name.split(".")[1] in RETIRED}
    return {version: sorted(names) for version, names in sorted(found.items())}


def _ordered(versions: Iterable[str]) -> list[str]:
    return sorted(
        versions,
        key=lambda text: [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[.]", text)],
    )
