"""The pack of IAM's actions."""

from __future__ import annotations

from typing import Any

from onetake.providers.mining.schemas import Draft
from tools.catalogues import cfn_lint
from tools.packs.inputs import inputs

_FILE = "AdditionalSpecs/Policies.json"


def draft() -> Draft:
    """Every service's actions in lower case, each with the kinds of resources that it is about."""
    services = cfn_lint.read(_FILE)
    frames = {
        service: {name: sorted((facts or {}).get("Resources", ())) for name, facts in body["Actions"].items()}
        for service, body in services.items()
    }
    meta: dict[str, Any] = {
        "fact": "The actions of IAM and the kinds of resources that each is about",
        "as_of": cfn_lint.date(),
        "scope": "aws",
        "confidence": "schema",
        "sources": [inputs()[cfn_lint.NAME].source],
        "counts": {"services": len(frames), "actions": sum(map(len, frames.values()))},
    }
    return meta, frames
