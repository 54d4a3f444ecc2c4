"""Function that sets an environment variable which Lambda keeps for itself.

``AWS_REGION``, ``AWS_LAMBDA_FUNCTION_NAME`` and the like are set by the service; a function that names one of them is
refused. Variables that only look reserved (``AWS_APP_MODE``) are allowed.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

# The user guide's list, without the keys that it marks as not reserved (_X_AMZN_TRACE_ID can be set by nobody either).
RESERVED = frozenset(
    {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    }
)
SAYS = (
    "Lambda was unable to configure your environment variables because the environment variables you have provided "
    "contains reserved keys that are currently not supported for modification. Reserved keys used in this request: "
    "{keys}"
)
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f'Resource handler returned message: "{SAYS} (Service: Lambda, Status Code: 400)"'
    ),
}


def check(function: Function) -> Iterator[Fault]:
    """The names of the variables are known even where their values are not."""
    match function.variables:
        case Known(variables, where):
            used = sorted(RESERVED.intersection(variables))
            if used:
                yield Fault(
                    variables[used[0]],
                    f"{function.address} sets {', '.join(used)}, which Lambda keeps for itself",
                    words={"keys": ", ".join(used)},
                    edits=tuple(Edit(where / key, Action.REMOVE) for key in used),
                )


RULE = Rule(
    name="lambda-reserved-environment-key",
    view=Function,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Lambda sets these variables itself and refuses functions that define them.",
    fix="Remove the variable; the running function finds it set by Lambda, or choose another name.",
    evidence=("https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime",),
    covers=("cfn-lambda-reserved-environment-key",),
)
