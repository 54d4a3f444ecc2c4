"""Certificate of a distribution that is not in us-east-1.

CloudFront takes certificates of ACM from us-east-1 only, wherever the rest of the program is deployed.

Judged where the region of the certificate is certain: written in its ARN, or that of the provider (Terraform) or the
stack (CloudFormation, when the region is given) that makes it or, as a data source, finds it. Other partitions, where
CloudFront looks elsewhere, are left alone.
"""

from collections.abc import Iterator

from onetake.aws.cloudfront import Distribution
from onetake.mechanisms.placement import issued
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule

HOME = "us-east-1"
REFUSED = (
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, "
    "or doesn't include a valid certificate chain."
)


def check(distribution: Distribution) -> Iterator[Fault]:
    """The region in the certificate's ARN, or of the certificate that is meant."""
    value = distribution.certificate
    found = issued(value, distribution.stack)
    if found is None or found.region == HOME:
        return
    if found.by is None:
        yield Fault(value.where, f"{distribution.address} takes a certificate of {found.region}, not of {HOME}")
    else:
        is_looked_up = found.by.resource.type.startswith("data.")
        lies = "is looked up" if is_looked_up else "is made"
        message = f"{distribution.address} takes {found.by.address}, which {lies} in {found.region}, not in {HOME}"
        yield Fault(value.where, message, related=(found.by,))


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
