"""Deployment of a REST API that waits for a method, but not for its integration.

Every method needs an integration when the API is deployed. In Terraform the two are resources of their own, and a
deployment that waits for the method alone mostly overtakes the integration, which often waits for a function, too.
"""

from collections.abc import Iterator

from onetake.aws.apigateway import Deployment, Integration, Method, RestApi
from onetake.aws.lookup import companions, target
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.apigateway._methods import belonging, overtaking
from onetake.rules.rule import Answer, Fault, Rule


def check(deployment: Deployment) -> Iterator[Fault]:
    """The first integration that surely comes too late."""
    api = target(deployment.api, deployment.stack, RestApi)
    for integration in companions(api, Integration, "api") if api is not None else ():
        method = belonging(integration, Method)
        if method is None or surely_before(deployment.stack, method, deployment) is not Truth.YES:
            continue
        message = f"{deployment.address} waits for {method.address}, but not for its integration {integration.address}"
        faults = tuple(overtaking(deployment, integration, message, method))
        if faults:
            yield from faults
            return


RULE = Rule(
    name="apigateway-deployment-before-integration",
    view=Deployment,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE, "BadRequestException: No integration defined for method")},
    cause="The API is deployed when the method is there and its integration may not be.",
    fix="Make the deployment depend on the integration, with depends_on or through triggers.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment",
        "https://github.com/hashicorp/terraform-provider-aws/issues/27271",
        "https://github.com/hashicorp/terraform-provider-aws/pull/2526",
        "https://github.com/squidfunk/terraform-aws-api-gateway-enable-cors/issues/15",
    ),
)
