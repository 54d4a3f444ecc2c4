"""Function at the edge with environment variables.

Lambda@Edge has none: what the function has to know is written into its code.
"""

from collections.abc import Iterator, Mapping

from onetake.aws.cloudfront import Distribution
from onetake.model.findings import Severity
from onetake.model.values import Known
from onetake.rules.cloudfront._edge import answers, functions
from onetake.rules.rule import Fault, Rule


def check(distribution: Distribution) -> Iterator[Fault]:
    """Every function of the program that the distribution runs, with a variable that is surely there."""
    for association, function in functions(distribution):
        match function.variables:
            case Known(Mapping() as variables) if variables:
                yield Fault(
                    association.function,
                    f"{distribution.address} runs {function.address} at the edge, which has environment variables",
                    related=(function,),
                )


RULE = Rule(
    name="cloudfront-edge-function-with-environment",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers("The function cannot have environment variables. Function: {function}"),
    cause="Functions that CloudFront copies to its edge have no environment variables.",
    fix="Write the values into the code of the function, or read them from elsewhere.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html",
        "https://github.com/anomalyco/ion/issues/1194",
        "https://github.com/anomalyco/sst/issues/4539",
    ),
)
