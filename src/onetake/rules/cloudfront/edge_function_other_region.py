"""Function at the edge that is not in us-east-1.

CloudFront takes functions from us-east-1 only, wherever the rest of the program is deployed. Judged where the region
of the function is certain: written in its ARN, or that of its provider or stack.
"""

import re
from collections.abc import Iterator

from onetake.aws.cloudfront import Distribution
from onetake.mechanisms.placement import region
from onetake.model.findings import Severity
from onetake.model.text import prefix
from onetake.model.values import Known
from onetake.rules.cloudfront._edge import answers, associations, function_of
from onetake.rules.rule import Fault, Rule

HOME = "us-east-1"
ARN = re.compile(r"arn:aws:lambda:([a-z]{2}(?:-[a-z]+)+-\d):")


def check(distribution: Distribution) -> Iterator[Fault]:
    """The region in the function's ARN, or of the function that is meant."""
    for association in associations(distribution):
        written = ARN.match(prefix(association.function))
        function = function_of(association)
        if written is not None:
            if written[1] != HOME:
                message = f"{distribution.address} runs a function of {written[1]} at the edge, not of {HOME}"
                yield Fault(association.function, message)
        elif function is not None:
            match region(function):
                case Known(name) if name != HOME and not name.startswith(("cn-", "us-gov-")):
                    message = f"{distribution.address} runs {function.address} of {name} at the edge, not of {HOME}"
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
