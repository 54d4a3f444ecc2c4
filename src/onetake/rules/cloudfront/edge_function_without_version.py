"""Function at the edge that is named without a published version.

CloudFront copies a numbered version; the function's own ARN and ``$LATEST`` are refused. In Terraform the version is
part of ``qualified_arn``, and numbered where the function says ``publish = true``.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function
from onetake.aws.cloudfront import Distribution, LambdaAssociation
from onetake.model.findings import Severity
from onetake.model.language import Language
from onetake.model.values import Known, origin
from onetake.rules.cloudfront._edge import answers, associations, function_of
from onetake.rules.rule import Fault, Rule


def check(distribution: Distribution) -> Iterator[Fault]:
    """An association whose value is surely no numbered version."""
    for association in associations(distribution):
        function = function_of(association)
        why = _why(association, function)
        if why:
            related = (function,) if function is not None else ()
            yield Fault(association.function, f"{distribution.address} runs {why} at the edge", related=related)


def _why(association: LambdaAssociation, function: Function | None) -> str:
    value = association.function
    if isinstance(value, Known) and value.value.endswith(":$LATEST"):
        return "$LATEST of a function"
    source = origin(value)
    if function is None or source is None or association.stack.at(source) is not function.resource:
        return ""
    if source.attribute in ("arn", "Arn"):
        return f"{function.address} without a version"
    unpublished = isinstance(function.publish, Known) and not function.publish.value
    terraform = association.language is Language.TERRAFORM
    return f"$LATEST of {function.address}" if terraform and source.attribute == "qualified_arn" and unpublished else ""


RULE = Rule(
    name="cloudfront-edge-function-without-version",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers(
        "The function ARN must reference a specific function version. (The ARN must end with the version number.) "
        "ARN: {function}"
    ),
    cause="CloudFront copies a published version of the function to its edge.",
    fix="Publish a version (publish = true, or AWS::Lambda::Version), and give its ARN: qualified_arn, or Ref.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html",
        "https://github.com/futurice/terraform-examples/tree/master/aws/aws_reverse_proxy",
    ),
)
