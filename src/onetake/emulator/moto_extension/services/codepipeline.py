"""CodePipeline: times are numbers, and a role may trust several services."""

import datetime
import json
from collections.abc import Mapping
from typing import Any


def repair() -> None:
    """Mend moto's metadata of pipelines and its reading of trust policies."""
    from moto.codepipeline import models

    original = models.CodePipelineBackend.create_pipeline

    def create(self: Any, pipeline: dict[str, Any], tags: list[dict[str, str]]) -> Any:
        roles = self.iam_backend
        role = roles.get_role_by_arn(pipeline["roleArn"])
        written = role.assume_role_policy_document
        role.assume_role_policy_document = _one_service(written)
        try:
            return original(self, pipeline, tags)
        finally:
            role.assume_role_policy_document = written

    def metadata(self: Any) -> Mapping[str, Any]:
        made, changed = (one.replace(tzinfo=datetime.UTC).timestamp() for one in (self._created, self._updated))
        return {"pipelineArn": self._arn, "created": made, "updated": changed}

    models.CodePipelineBackend.create_pipeline = create
    models.CodePipeline.metadata = property(metadata)


def _one_service(document: str) -> str:
    """The document with a statement for each service that a statement names."""
    policy = json.loads(document)
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    split = []
    for statement in statements:
        principal = statement.get("Principal")
        services = principal.get("Service") if isinstance(principal, dict) else None
        each = services if isinstance(services, list) else [services or ""]
        split += [{**statement, "Principal": {"Service": service}} for service in each]
    return json.dumps({**policy, "Statement": split})
