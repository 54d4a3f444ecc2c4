"""What an environment of the platform is sized like, beyond the profile that all platforms share."""

from __future__ import annotations

from typing import Final

from onetake.model.records import record, replace
from onetake.platforms.parameters import Environment


@record
class Size:
    """The sizes of one environment.

    Attributes:
        instance_type: of the application's instances; all of them are ARM.
        instances: at least and at most.
        database_class: of the cluster's instances.
        database_instances: how many; the first writes, the others read and stand by.
        capacity: at least and at most, in Aurora's capacity units; None where instances have a size of their own.
        free_memory: bytes below which the database is short of memory.
        connections: above which the database is short of connections.
        price_class: which of CloudFront's places serve.
    """

    instance_type: str
    instances: tuple[int, int]
    database_class: str
    database_instances: int
    capacity: tuple[float, float] | None
    free_memory: int
    connections: int
    price_class: str


_MEGABYTE: Final = 1024 * 1024

_SIZES: Final[dict[Environment, Size]] = {
    "dev": Size("t4g.small", (1, 2), "db.serverless", 1, (0.5, 2), 128 * _MEGABYTE, 150, "PriceClass_100"),
    "staging": Size("t4g.small", (2, 4), "db.serverless", 2, (0.5, 8), 256 * _MEGABYTE, 150, "PriceClass_100"),
    "prod": Size("m7g.large", (3, 12), "db.r6g.large", 3, None, 1024 * _MEGABYTE, 1300, "PriceClass_All"),
}


def size(environment: Environment, *, multi_az: bool) -> Size:
    """The sizes of an environment.

    Args:
        environment: whose.
        multi_az: whether the database has at least one instance that stands by, or only the one that writes.
    """
    usual = _SIZES[environment]
    return replace(usual, database_instances=max(usual.database_instances, 2) if multi_az else 1)
