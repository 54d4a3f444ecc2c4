"""Clients of botocore that talk to the emulator, and to nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _session() -> Any:
    import botocore.session

    # The user's profiles and files are for real accounts.
    nowhere = dict.fromkeys(("config_file", "credentials_file"), (None, None, None, None))
    session = botocore.session.Session({"profile": (None, None, None, None), **nowhere})
    session.set_credentials("rehearsal", "rehearsal")
    return session


def client(url: str, service: str, region: str) -> Any:
    """A client of a service, such as ``client(url, "s3", "eu-west-1")``.

    Args:
        url: where the emulator listens.
        service: its name in botocore.
        region: where its calls are sent.
    """
    from botocore.config import Config

    # One host answers for all: buckets stand in the path, and no prefixes before it.
    config = Config(
        retries={"max_attempts": 0}, read_timeout=300, inject_host_prefix=False, s3={"addressing_style": "path"}
    )
    return _session().create_client(service, region_name=region, endpoint_url=url, config=config)
