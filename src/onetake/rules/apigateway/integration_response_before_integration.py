"""Integration response that does not wait for the integration it is of.

It names the API, the path and the verb, and not the integration, so Terraform does not wait for it. A response that
waits for something else than the integration does, such as a method response, mostly comes late enough and is not
judged.
"""

from collections.abc import Iterator

from onetake.aws.apigateway import Integration, IntegrationResponse
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.apigateway._methods import belonging, overtaking
from onetake.rules.rule import Answer, Fault, Rule


def check(response: IntegrationResponse) -> Iterator[Fault]:
    """The integration is known, and surely not waited for."""
    integration = belonging(response, Integration)
    if integration is not None:
        yield from overtaking(response, integration, f"{response.address} does not wait for {integration.address}")


RULE = Rule(
    name="apigateway-integration-response-before-integration",
    view=IntegrationResponse,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE, "NotFoundException: No integration defined for method")},
    cause="Nothing in the response refers to the integration, so Terraform does not wait for it.",
    fix="Take the verb from the integration (aws_api_gateway_integration.x.http_method), or add depends_on.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_integration_response",
        "https://github.com/hashicorp/terraform/issues/6128",
        "https://github.com/hashicorp/terraform/pull/8049",
        "https://github.com/carrot/terraform-api-gateway-method-module/issues/3",
    ),
)
