"""S3 backend that locks with a file, in a configuration that admits a Terraform too old for it.

``use_lockfile`` came with Terraform 1.10. An older Terraform does not know the argument and stops at ``init``.
A configuration that names no required version is left alone: whoever runs it most likely has a newer one.
"""

from collections.abc import Iterator

from onetake.aws.settings import S3Backend
from onetake.knowledge.versions import admits_older, surely_older
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.resources import Resource
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

FIRST = (1, 10, 0)
QUESTION = "Is Terraform older than 1.10 where this is deployed?"
ANSWERS = {Language.TERRAFORM: Answer(Stage.INIT, "Error: {words}")}
IN_JSON = 'Extraneous JSON object property. No argument or block type is named "use_lockfile".'
IN_HCL = 'Unsupported argument. An argument named "use_lockfile" is not expected here.'


def check(backend: S3Backend) -> Iterator[Fault]:
    """Compare the oldest Terraform that is admitted with the first that has the argument."""
    engine = backend.stack.engine
    if engine.tool != "terraform" or not engine.constraint:
        return
    match backend.use_lockfile:
        case Known(True, where) if admits_older(engine.constraint, FIRST):
            yield Fault(
                where,
                f'use_lockfile needs Terraform 1.10, but required_version "{engine.constraint}" admits older ones',
                related=_settings(backend),
                words={"words": IN_JSON if where.file.endswith(".json") else IN_HCL},
                condition="" if surely_older(engine.constraint, FIRST) else QUESTION,
            )


def _settings(backend: S3Backend) -> tuple[Resource, ...]:
    found = backend.stack.resources.get("terraform")
    return (found,) if found else ()


RULE = Rule(
    name="terraform-s3-backend-lockfile-unsupported",
    view=S3Backend,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="use_lockfile came with Terraform 1.10; older versions refuse the argument when the backend is initialised.",
    fix='Set required_version to ">= 1.10.0" (keep use_lockfile: without it the state is not locked).',
    evidence=(
        "https://github.com/hashicorp/terraform/releases/tag/v1.10.0",
        "https://developer.hashicorp.com/terraform/language/backend/s3#state-locking",
    ),
)
