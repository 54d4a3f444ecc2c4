"""Secret rotated by a function that Secrets Manager may not invoke.

The function needs a permission for ``secretsmanager.amazonaws.com``; Secrets Manager checks it when rotation is set up.
A function of another program is not judged, nor one that the template has made for it.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function, Permission
from onetake.aws.lookup import companions, target
from onetake.aws.secretsmanager import Rotation
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {language: Answer(Stage.CREATE) for language in Language}
SERVICE = "secretsmanager.amazonaws.com"


def check(rotation: Rotation) -> Iterator[Fault]:
    """Every permission of the function is known, and none names the service."""
    function = target(rotation.function, rotation.stack, Function)
    if function is None:
        return
    permissions = companions(function, Permission, "function")
    principals = [one.principal for one in permissions]
    known = [principal.value for principal in principals if isinstance(principal, Known)]
    if not permissions.complete or len(known) < len(principals) or any(SERVICE in name for name in known):
        return
    yield Fault(
        rotation.function,
        f"{rotation.address} rotates with {function.address}, which Secrets Manager may not invoke",
        related=(function, *permissions),
    )


RULE = Rule(
    name="secretsmanager-rotation-function-not-invocable",
    view=Rotation,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Secrets Manager invokes the function as secretsmanager.amazonaws.com, and checks that it may.",
    fix="Give secretsmanager.amazonaws.com the permission lambda:InvokeFunction before the rotation is set up.",
    evidence=(
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html",
    ),
)
