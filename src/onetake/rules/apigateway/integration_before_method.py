"""Integration that does not wait for the method it is of.

It names the API and the path, and writes the verb (``GET``) instead of taking it from the method, so Terraform makes
both side by side. What the integration waits for beside (a function) mostly lets the method come first; then nothing is
said.
"""

from collections.abc import Iterator

from onetake.aws.apigateway import Integration, Method
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.apigateway._methods import belonging, overtaking
from onetake.rules.rule import Answer, Fault, Rule


def check(integration: Integration) -> Iterator[Fault]:
    """The method is known, and surely not waited for."""
    method = belonging(integration, Method)
    if method is not None:
        yield from overtaking(integration, method, f"{integration.address} does not wait for {method.address}")


RULE = Rule(
    name="apigateway-integration-before-method",
    view=Integration,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE, "NotFoundException: Invalid Method identifier specified")},
    cause="Nothing in the integration refers to the method, so Terraform does not wait for it.",
    fix="Take the verb from the method: http_method = aws_api_gateway_method.x.http_method.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_integration",
        "https://github.com/hashicorp/terraform-provider-aws/issues/6790",
        "https://github.com/ministryofjustice/cloud-platform-environments/pull/22681",
    ),
)
