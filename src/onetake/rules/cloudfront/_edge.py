"""Functions that CloudFront runs at its edge (Lambda@Edge): which they are, and what it says of those it refuses."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.aws.awslambda import Function, Version
from onetake.aws.cloudfront import Distribution, LambdaAssociation
from onetake.aws.lookup import target
from onetake.model.findings import Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer

CODE = "InvalidLambdaFunctionAssociation"


def answers(says: str) -> dict[Language, Answer]:
    """How either language's engine prints a refusal."""
    return {
        Language.TERRAFORM: Answer(Stage.CREATE, f"{CODE}: {says}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, f"{says} (Service: AmazonCloudFront; Status Code: 400; Error Code: {CODE})"
        ),
    }


def associations(distribution: Distribution) -> Iterator[LambdaAssociation]:
    """The associations of all behaviours, as far as they are known."""
    for behavior in (*distribution.default_behavior, *distribution.behaviors):
        yield from behavior.lambdas


def functions(distribution: Distribution) -> Iterator[tuple[LambdaAssociation, Function]]:
    """Each function of the program that is associated, once, with its first association."""
    seen: set[str] = set()
    for association in associations(distribution):
        function = function_of(association)
        if function is not None and function.address not in seen:
            seen.add(function.address)
            yield association, function


def function_of(association: LambdaAssociation) -> Function | None:
    """The function, named itself or by one of its versions."""
    value, stack = association.function, association.stack
    version = target(value, stack, Version)
    return target(value if version is None else version.function, stack, Function)
