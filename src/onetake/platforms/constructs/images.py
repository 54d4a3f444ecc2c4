"""Repositories of images that are scanned, encrypted, and never written over."""

from __future__ import annotations

import json
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs.declaring import declare
from onetake.platforms.constructs.keys import KmsKey
from onetake.platforms.context import Context

KEPT: Final = 30
"""How many images of a service are kept."""


def image_repository(scope: Construct, name: str, *, context: Context, service: str, key: KmsKey) -> Any:
    """The repository of a service's images, which keeps the last ones.

    Args:
        scope: owns it.
        name: of it in the scope.
        context: of the platform.
        service: whose images they are.
        key: encrypts them.
    """
    made = declare(
        scope,
        "aws_ecr_repository",
        name,
        name=context.names.slashed(service, kind="repository"),
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration={"scan_on_push": True},
        encryption_configuration=[{"encryption_type": "KMS", "kms_key": key.arn}],
        force_delete=not context.profile.protected,
        lifecycle=context.keep,
        provider=context.provider,
    )
    rule = {
        "rulePriority": 1,
        "description": f"The last {KEPT} images",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": KEPT},
        "action": {"type": "expire"},
    }
    declare(
        scope,
        "aws_ecr_lifecycle_policy",
        name,
        repository=made.name,
        policy=json.dumps({"rules": [rule]}),
        provider=context.provider,
    )
    return made
