"""Deployment of a REST API that waits for none of its methods.

A deployment is a picture of the API as it is at that moment, and one without methods is refused. It refers to the API
alone, which is ready before the first method is. APIs made from an OpenAPI document have their methods at once, and
one without any method in the program may get them elsewhere.
"""

from collections.abc import Iterator

from onetake.aws.apigateway import Deployment, Method, RestApi
from onetake.aws.lookup import companions, target
from onetake.mechanisms.ordering import Race, race
from onetake.mechanisms.succession import made
from onetake.mechanisms.unseen import handed_out
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The REST API doesn't contain any methods"


def check(deployment: Deployment) -> Iterator[Fault]:
    """An API of the program whose methods are all known, and none of them before the deployment."""
    api = target(deployment.api, deployment.stack, RestApi)
    if api is None or not _by_methods_alone(api) or not (made(api) and made(deployment)) or handed_out(api):
        return
    methods = companions(api, Method, "api")
    ends = [race(deployment.stack, deployment, method) for method in methods]
    if not methods.complete or not ends or None in ends:
        return
    one = methods.known[0].address
    lost = deployment.language is Language.CLOUDFORMATION or Race.EVEN not in ends
    yield Fault(
        deployment.where,
        f"{deployment.address} does not wait for any method of {api.address}, such as {one}",
        related=(api, *methods.known),
        condition="" if lost else f"Is {one} made first? Both are made at the same time.",
    )


def _by_methods_alone(api: RestApi) -> bool:
    return all(isinstance(value, Absent) for value in (api.document, api.document_location, api.cloned_from))


RULE = Rule(
    name="apigateway-deployment-before-methods",
    view=Deployment,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"BadRequestException: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="The deployment refers to the API alone, so it is made as soon as the API is there, before its methods.",
    fix="Make the deployment depend on the methods (in Terraform on their integrations, best through triggers).",
    evidence=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-deployment.html",
        "https://github.com/cloudtools/troposphere/issues/496",
        "https://github.com/wri/gfw-data-api/pull/378",
        "https://github.com/hashicorp/terraform/issues/7588",
    ),
)
