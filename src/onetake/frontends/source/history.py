"""What other versions of a library have that one lacks: what is still to come, and what is gone, with its successor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onetake.knowledge.api.editions import BINDINGS, Edition, editions
from onetake.knowledge.versions import version

_LATER = {"cdktf_cdktf_provider_aws": "cdktn_provider_aws"}
"""Under which name a library goes on that has ended."""
_CLASSIC = "EC2-Classic has ended: use security_group"
_MACIE = "Macie Classic has ended: use macie2_account, and macie2_member or macie2_classification_job"
_ENDED = "the service has ended"
SUCCESSORS = {
    "db_security_group": _CLASSIC,
    "elasticache_security_group": _CLASSIC,
    "redshift_security_group": _CLASSIC,
    "macie_member_account_association": _MACIE,
    "macie_s3_bucket_association": _MACIE,
    "data_aws_subnet_ids": "use data_aws_subnets, with a filter on vpc-id",
    "data_aws_redshift_service_account": "use data_aws_service_principal: redshift.amazonaws.com writes the logs",
    "simpledb_domain": _ENDED,
    "worklink_fleet": _ENDED,
    "worklink_website_certificate_authority_association": _ENDED,
}
"""What took the place of modules that the bindings of the AWS provider had once.

Sources: the upgrade guides of the AWS provider, versions 5 and 6, and the notes of its release 5.0.0 (EC2-Classic).
The tests hold every line against the packs.
"""


def in_python(edition: Edition) -> str:
    """An edition as requirements name it."""
    return f"{edition.distribution} {edition.version}"


def in_go(edition: Edition) -> str:
    """An edition as ``go.mod`` names it."""
    return f"{edition.go} v{edition.version}"


def told(judged: Sequence[Edition], has: Callable[[Edition], bool], shown: Callable[[Edition], str] = in_python) -> str:
    """Which other version has something that those by which a program is judged lack; empty where none is known."""
    newest = judged[-1]
    own = [one for one in editions(newest.root) if has(one)]
    later = next((one for one in own if _after(one, newest)), None)
    if later is not None:
        return f"require {shown(later)}, which has it"
    before = next((one for one in reversed(own) if _after(newest, one)), None)
    if before is not None:
        return f"it was in {shown(before)}, and is gone"
    further = next((one for one in editions(_LATER.get(newest.root, "")) if has(one)), None)
    return f"{shown(further)} has it, as which these bindings go on" if further is not None else ""


def of_module(path: str, judged: Sequence[Edition]) -> str:
    """Of a module below the root (``opsworks_stack``): what took its place, and which version has it."""
    found = told(judged, lambda one: path in one)
    successor = SUCCESSORS.get(path, _ENDED if path.startswith("opsworks_") else "")
    if judged[-1].root not in BINDINGS:
        return found
    if found.startswith("require") or not successor:
        return found
    return f"{found}: {successor}" if found else successor


def _after(one: Edition, other: Edition) -> bool:
    later, before = version(one.version), version(other.version)
    return later is not None and before is not None and later > before
