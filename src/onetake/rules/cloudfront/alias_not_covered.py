"""Domain name of a distribution that its certificate does not cover.

A certificate covers its own names, and with a wildcard exactly one label: ``*.example.com`` covers ``www.example.com``,
but neither ``example.com`` nor ``a.b.example.com``.

Only certificates that the same program requests are judged, when all their names are known.
"""

from collections.abc import Iterator

from onetake.aws.acm import Certificate, CertificateValidation
from onetake.aws.cloudfront import Distribution
from onetake.aws.lookup import target
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

REFUSED = (
    "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're "
    "trying to add. For more details, see: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/"
    "CNAMEs.html#alternate-domain-names-requirements"
)


def check(distribution: Distribution) -> Iterator[Fault]:
    """Every alias against the names of the certificate."""
    certificate = _certificate(distribution)
    names = _names(certificate) if certificate is not None else ()
    if not names or not isinstance(distribution.aliases, Known):
        return
    for alias in distribution.aliases.value:
        match alias:
            case Known(name, where) if not any(covers(own, name) for own in names):
                listed = ", ".join(dict.fromkeys(names))
                message = f"{distribution.address} serves {name}, which its certificate ({listed}) does not cover"
                yield Fault(where, message, related=(certificate,) if certificate is not None else ())
            case _:
                continue


def covers(own: str, name: str) -> bool:
    """Does the certificate's name ``own`` cover ``name``?"""
    own, name = own.lower().rstrip("."), name.lower().rstrip(".")
    return own == name or (own.startswith("*.") and name.partition(".")[2] == own[2:])


def _certificate(distribution: Distribution) -> Certificate | None:
    value, stack = distribution.certificate, distribution.stack
    validation = target(value, stack, CertificateValidation)
    return target(value if validation is None else validation.certificate, stack, Certificate)


def _names(certificate: Certificate) -> tuple[str, ...]:
    """All names of a requested certificate; none when some is not known."""
    match certificate.domain, certificate.alternative_names:
        case Known(domain), Absent():
            return (domain,)
        case Known(domain), Known(others) if all(isinstance(other, Known) for other in others):
            return (domain, *(other.value for other in others if isinstance(other, Known)))
        case _:
            return ()


RULE = Rule(
    name="cloudfront-alias-not-covered",
    view=Distribution,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidViewerCertificate: {REFUSED}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            f"{REFUSED} (Service: AmazonCloudFront; Status Code: 400; Error Code: InvalidViewerCertificate; "
            "Request ID: {request})",
        ),
    },
    cause="CloudFront takes an alternate domain name only with a certificate that covers it.",
    fix="Request the certificate for every alias (a wildcard covers exactly one label), or remove the alias.",
    evidence=(
        "https://github.com/hashicorp/terraform-provider-aws/issues/13828",
        "https://github.com/widdix/aws-cf-templates/issues/452",
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
    ),
)
