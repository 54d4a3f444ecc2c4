"""Function at the edge whose role does not let Lambda@Edge assume it.

CloudFront runs copies of the function in all its regions, as ``edgelambda.amazonaws.com``. The role has to trust that
service beside ``lambda.amazonaws.com``. Judged where the whole trust policy is known.
"""

from collections.abc import Iterator

from onetake.aws.cloudfront import Distribution
from onetake.model.findings import Severity
from onetake.model.records import replace
from onetake.rules.cloudfront._edge import answers, functions
from onetake.rules.iam._trust import refused
from onetake.rules.rule import Fault, Rule

SERVICE = "edgelambda.amazonaws.com"


def check(distribution: Distribution) -> Iterator[Fault]:
    """Every function of the program that the distribution runs."""
    for association, function in functions(distribution):
        for fault in refused(function, function.role, SERVICE):
            message = f"{distribution.address} runs {function.address} at the edge, whose role does not admit {SERVICE}"
            yield replace(fault, where=association.function, message=message, related=(function, *fault.related))


RULE = Rule(
    name="cloudfront-edge-role-not-assumable",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers=answers(
        "The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com "
        "principals. Update the IAM role and try again. Role: {role}"
    ),
    cause="CloudFront copies the function to its regions, where Lambda@Edge assumes the role.",
    fix="Let both lambda.amazonaws.com and edgelambda.amazonaws.com do sts:AssumeRole in the role's trust policy.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html",
        "https://github.com/aws/aws-cdk/issues/5180",
        "https://github.com/silvermine/serverless-plugin-cloudfront-lambda-edge/issues/63",
    ),
)
