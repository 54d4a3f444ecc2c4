"""Function at the edge that is not in us-east-1.

CloudFront takes functions from us-east-1 only, wherever the rest of the program is deployed. Judged where the region
of the function is certain: written in its ARN, or that of its provider or stack.
"""

from collections.abc import Iterator

from onetake.aws.cloudfront import Distribution
from onetake.mechanisms.placement import public_region, written_region
from onetake.model.findings import Severity
from onetake.rules.cloudfront._edge import answers, associations, function_of
from onetake.rules.rule import Fault, Rule

HOME = "us-east-1"


def check(distribution: Distribution) -> Iterator[Fault]:
    """The region in the function's ARN, or of the function that is meant."""
    for association in associations(distribution):
        function = function_of(association)
        written = written_region(association.function, "lambda")
        lies = written or (public_region(function) if function is not None else "")
        if lies in ("", HOME):
            continue
        if written or function is None:
            message = f"{distribution.address} runs a function of {lies} at the edge, not of {HOME}"
            yield Fault(association.function, message)
        else:
            message = f"{distribution.address} runs {function.address} of {lies} at the edge, not of {HOME}"
            yield Fault(association.function, message, related=(function,))


RULE = Rule(
    name="cloudfront-edge-function-other-region",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers("The function must be in region 'us-east-1'. ARN: {function}"),
    cause="CloudFront copies functions to its edge from us-east-1 only.",
    fix="Make the function in us-east-1: with a provider alias in Terraform, in a stack there in CloudFormation.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html",
        "https://github.com/futurice/terraform-examples/tree/master/aws/aws_reverse_proxy",
    ),
)
