"""Function on a runtime for which Lambda makes no new functions.

Some time after a runtime is deprecated Lambda refuses new functions on it, later also changes to those that there are.
The verdict depends on the date (``--as-of``). A runtime that is only deprecated, and one that the table does not list,
are not judged, nor are functions made of container images.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function
from onetake.mechanisms.catalogues import Phase, lambda_runtime
from onetake.mechanisms.succession import made
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

TEXT = (
    "The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda functions. We "
    "recommend you use a supported runtime while creating or updating functions."
)


def check(function: Function) -> Iterator[Fault]:
    """Look the runtime up on the day that is judged for."""
    match function.runtime:
        case Known(runtime, where) if made(function) and not _is_image(function):
            status = lambda_runtime(runtime, function.stack.assumptions.as_of)
            if status.phase in (Phase.NO_CREATE, Phase.NO_UPDATE):
                yield Fault(
                    where,
                    f"Lambda makes no new functions on {runtime} since {status.since} ({status.as_known})",
                    words={"runtime": runtime},
                    edits=(Edit(where, Action.SET, status.successor),) if status.successor else (),
                )


def _is_image(function: Function) -> bool:
    return isinstance(function.package_type, Known) and function.package_type.value == "Image"


RULE = Rule(
    name="lambda-runtime-withdrawn",
    view=Function,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {TEXT}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, TEXT),
    },
    cause="Lambda withdraws a runtime when its language's version is no longer maintained.",
    fix="Use a supported runtime, and try the code on it.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
        "https://github.com/monken/aws-ecr-public/issues/13",
        "https://github.com/awslabs/aws-api-gateway-developer-portal/issues/650",
    ),
)
