"""Domain name of one's own on a distribution that has only CloudFront's certificate.

CloudFront takes an alternate domain name only together with a certificate that proves the right to it.
"""

from collections.abc import Iterator

from onetake.aws.cloudfront import Distribution
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.cloudfront.default_certificate import default_certificate
from onetake.rules.rule import Answer, Fault, Rule

REFUSED = (
    "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that "
    "validates your authorization to use the domain name. For more details, see: https://docs.aws.amazon.com/"
    "AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-requirements"
)


def check(distribution: Distribution) -> Iterator[Fault]:
    """At least one alias, and surely no certificate."""
    match distribution.aliases:
        case Known((first, *_), where) if default_certificate(distribution) is not None:
            name = f" {first.value}" if isinstance(first, Known) else ""
            yield Fault(where, f"{distribution.address} has the alias{name}, but no certificate for it")
        case _:
            return


RULE = Rule(
    name="cloudfront-alias-without-certificate",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidViewerCertificate: {REFUSED}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            f'Resource handler returned message: "Invalid request provided: {REFUSED} (Service: CloudFront, '
            'Status Code: 400, Request ID: {request})" (RequestToken: {token}, HandlerErrorCode: InvalidRequest)',
        ),
    },
    cause="An alternate domain name needs a trusted certificate that covers it; the default one covers only "
    "*.cloudfront.net.",
    fix="Attach an ACM certificate of us-east-1 that covers the alias, or remove the alias.",
    evidence=(
        "https://github.com/cloudposse/terraform-aws-cloudfront-s3-cdn/pull/72",
        "https://github.com/winglang/wing/issues/2440",
        "https://github.com/awslabs/aws-solutions-constructs/issues/1147",
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
    ),
)
