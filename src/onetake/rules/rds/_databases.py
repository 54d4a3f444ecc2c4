"""Databases as the prior state of a plan tells them."""

from __future__ import annotations

import re

from onetake.aws.view import Attribute, View
from onetake.model.language import Language


class Database(View):
    """An instance or a cluster."""

    KINDS = {Language.TERRAFORM: ("aws_db_instance", "aws_rds_cluster")}

    engine = Attribute(str, tf="engine", cfn=None)
    version = Attribute(str, tf="engine_version", cfn=None)
    upgrades = Attribute(bool, tf="allow_major_version_upgrade", cfn=None, default=False)
    protected = Attribute(bool, tf="deletion_protection", cfn=None, default=False)
    skips_snapshot = Attribute(bool, tf="skip_final_snapshot", cfn=None, default=False)
    final_snapshot = Attribute(str, tf="final_snapshot_identifier", cfn=None)
    global_cluster = Attribute(str, tf="global_cluster_identifier", cfn=None, default="")

    @property
    def called(self) -> str:
        """What RDS calls it in its answers."""
        return "Cluster" if self.resource.type == "aws_rds_cluster" else "DB Instance"


def numbers(version: str) -> tuple[int, ...]:
    """The numbers in a version."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def comparable(one: str, other: str) -> bool:
    """Whether two versions are written alike, as far as both are written."""
    first, second = (re.sub(r"\d+", "#", version) for version in (one, other))
    return first.startswith(second) or second.startswith(first)
