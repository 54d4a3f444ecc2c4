"""Certificate of a distribution that is not in us-east-1.

CloudFront takes certificates of ACM from us-east-1 only, wherever the rest of the program is deployed.

Judged where the region of the certificate is certain: written in its ARN, or that of the provider (Terraform) or the
stack (CloudFormation, when the region is given) that makes it. Other partitions, where CloudFront looks elsewhere,
are left alone.
"""

import re
from collections.abc import Iterator

from onetake.aws.acm import Certificate, CertificateValidation
from onetake.aws.cloudfront import Distribution
from onetake.aws.lookup import target
from onetake.aws.view import View
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.text import prefix
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

HOME = "us-east-1"
ARN = re.compile(r"arn:aws:acm:([a-z]{2}(?:-[a-z]+)+-\d):")
REFUSED = (
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, "
    "or doesn't include a valid certificate chain."
)


def check(distribution: Distribution) -> Iterator[Fault]:
    """The region in the certificate's ARN, or of the certificate that is meant."""
    value = distribution.certificate
    written = ARN.match(prefix(value))
    if written is not None:
        if written[1] != HOME:
            yield Fault(value.where, f"{distribution.address} takes a certificate of {written[1]}, not of {HOME}")
        return
    certificate = _certificate(distribution)
    if certificate is None:
        return
    match certificate.region:
        case Known(region) if region != HOME and not region.startswith(("cn-", "us-gov-")):
            message = f"{distribution.address} takes {certificate.address}, which is made in {region}, not in {HOME}"
            yield Fault(value.where, message, related=(certificate,))
        case _:
            return


def _certificate(distribution: Distribution) -> View | None:
    """The certificate itself, or the wait for one: both are in its region."""
    value, stack = distribution.certificate, distribution.stack
    return target(value, stack, Certificate) or target(value, stack, CertificateValidation)


RULE = Rule(
    name="cloudfront-certificate-other-region",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidViewerCertificate: {REFUSED}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            f"{REFUSED} (Service: AmazonCloudFront; Status Code: 400; Error Code: InvalidViewerCertificate)",
        ),
    },
    cause="CloudFront is global and looks for ACM certificates in us-east-1 only.",
    fix="Issue the certificate in us-east-1: with a provider alias in Terraform, in a stack there in CloudFormation.",
    evidence=(
        "https://github.com/milliHQ/terraform-aws-next-js/issues/61",
        "https://github.com/aws-samples/connected-drink-dispenser-workshop/issues/12",
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
    ),
)
