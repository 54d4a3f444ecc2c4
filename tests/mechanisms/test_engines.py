"""Engines of databases: versions, families and classes, as known on the table's day."""

from __future__ import annotations

import datetime

import pytest

from onetake.knowledge.tables import table
from onetake.mechanisms.catalogues import Phase
from onetake.mechanisms.engines import cache_family, class_offered, family_exists, parameter_family, rds_version

DAY = table("rds_engines").as_of


@pytest.mark.parametrize(
    ("engine", "version", "phase"),
    [
        ("postgres", "16", Phase.SUPPORTED),
        ("postgres", "16.9", Phase.SUPPORTED),
        ("postgres", "13.7", Phase.NO_CREATE),
        ("postgres", "15.1", Phase.NEVER),
        ("postgres", "9.6", Phase.NO_CREATE),
        ("postgres", "16.99", Phase.UNLISTED),
        ("postgres", "99", Phase.UNLISTED),
        ("mysql", "8.0", Phase.SUPPORTED),
        ("mysql", "5.7", Phase.SUPPORTED),
        ("mysql", "8.0.28", Phase.NO_CREATE),
        ("mysql", "5.7.1", Phase.NEVER),
        ("mysql", "8.1", Phase.NEVER),
        ("mysql", "latest", Phase.UNLISTED),
        ("aurora-mysql", "8.0", Phase.SUPPORTED),
        ("aurora-mysql", "5.7.mysql_aurora.2.07.1", Phase.NO_CREATE),
        ("aurora-mysql", "8.0.mysql_aurora.3.99.0", Phase.UNLISTED),
        ("oracle-ee", "19", Phase.UNLISTED),
        ("sqlserver-se", "15.00", Phase.SUPPORTED),
        ("(retired families)", "8.0", Phase.UNLISTED),
    ],
)
def test_where_a_version_stands(engine: str, version: str, phase: Phase) -> None:
    assert rds_version(engine, version, DAY).phase is phase


def test_a_day_before_the_table_is_not_judged() -> None:
    before = DAY - datetime.timedelta(days=1)

    assert rds_version("postgres", "13.7", before).phase is Phase.UNLISTED
    assert family_exists("postgres16.3", before) is None
    assert class_offered("mysql", "8.0", "db.t2.micro", before) is None


def test_the_newest_of_the_same_major_version_is_suggested() -> None:
    offered = table("rds_engines").values["postgres"]["versions"]
    suggested = rds_version("postgres", "14.5", DAY).successor

    assert suggested.startswith("14.")
    assert suggested in offered


@pytest.mark.parametrize(
    ("engine", "version", "family"),
    [
        ("postgres", "16.9", "postgres16"),
        ("postgres", "9.6.24", "postgres9.6"),
        ("postgres", "9", None),
        ("mysql", "8.0.43", "mysql8.0"),
        ("mysql", "8", None),
        ("mariadb", "10.11.9", "mariadb10.11"),
        ("aurora-mysql", "8.0.mysql_aurora.3.08.0", "aurora-mysql8.0"),
        ("aurora-mysql", "5.7", "aurora-mysql5.7"),
        ("aurora-postgresql", "15.10", "aurora-postgresql15"),
        ("oracle-ee", "19", None),
    ],
)
def test_the_family_of_a_version(engine: str, version: str, family: str | None) -> None:
    assert parameter_family(engine, version) == family


@pytest.mark.parametrize(
    ("family", "exists"),
    [
        ("postgres16", True),
        ("postgres9.6", True),
        ("aurora-postgresql15", True),
        ("aurora-mysql8.0", True),
        ("mysql8.0", True),
        ("MySQL8.0", True),
        ("postgres16.3", False),
        ("mysql8", False),
        ("aurora-postgresql15.4", False),
        ("postgres19", None),
        ("mysql9.9", None),
        ("aurora5.6", None),
        ("oracle-ee-19", None),
        ("postgresql16", None),
    ],
)
def test_which_families_there_are(family: str, exists: bool | None) -> None:
    assert family_exists(family, DAY) is exists


@pytest.mark.parametrize(
    ("engine", "version", "family"),
    [
        ("redis", "5.0.6", "redis5.0"),
        ("redis", "6.x", "redis6.x"),
        ("redis", "6.2", "redis6.x"),
        ("redis", "7.1", "redis7"),
        ("redis", "8.0", None),
        ("redis", "5", None),
        ("valkey", "8.0", "valkey8"),
        ("memcached", "1.6.22", "memcached1.6"),
        ("redis", "latest", None),
    ],
)
def test_the_family_of_a_cache(engine: str, version: str, family: str | None) -> None:
    assert cache_family(engine, version) == family


@pytest.mark.parametrize(
    ("engine", "version", "name", "offered"),
    [
        ("mysql", "8.0.43", "db.t2.micro", False),
        ("mysql", None, "db.t2.micro", False),
        ("mysql", "5.7", "db.r4.large", True),
        ("mysql", None, "db.r4.large", False),
        ("mysql", "8.0", "db.r4.large", False),
        ("mysql", "8.0", "db.t3.micro", None),
        ("mysql", "99", "db.t2.micro", None),
        ("mysql", "8.0", "t2.micro", None),
        ("postgres", "16", "db.m4.large", False),
        ("aurora-mysql", "8.0", "db.t3.micro", False),
        ("aurora-mysql", "8.0", "db.t3.medium", None),
        ("aurora-postgresql", None, "db.m5.large", False),
        ("aurora-postgresql", None, "db.t99.large", None),
        ("aurora-postgresql", None, "db.serverless", None),
        ("oracle-ee", None, "db.t2.micro", None),
    ],
)
def test_which_classes_an_engine_has(engine: str, version: str | None, name: str, offered: bool | None) -> None:
    assert class_offered(engine, version, name, DAY) is offered
