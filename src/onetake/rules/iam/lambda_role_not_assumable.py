"""Function whose role does not let Lambda assume it.

Lambda tries the role when the function is created. A role from outside the program is not judged, nor one whose trust
policy is not known.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Answer, Fault, Rule

SERVICE = "lambda.amazonaws.com"
SAYS = "The role defined for the function cannot be assumed by Lambda."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(function: Function) -> Iterator[Fault]:
    """The role is one of the program, and surely does not trust the service."""
    yield from refused(function, function.role, SERVICE)


RULE = Rule(
    name="lambda-role-not-assumable",
    view=Function,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Lambda assumes the function's role, and tries to when the function is created.",
    fix="Let lambda.amazonaws.com do sts:AssumeRole in the trust policy of the role.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
        "https://github.com/pdomala/LambdaCDDemo/issues/1",
    ),
)
