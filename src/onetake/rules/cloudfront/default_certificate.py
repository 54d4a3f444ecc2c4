"""Distribution that serves with CloudFront's own certificate.

With the certificate of ``*.cloudfront.net`` CloudFront fixes the oldest admitted protocol at TLS 1.0, whatever is
written, and no domain of one's own can be served.

A program that says it is not production is left alone, and so are distributions whose certificate is not known.
"""

from collections.abc import Iterator

from onetake.aws.cloudfront import Distribution
from onetake.mechanisms.environment import is_production
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known, Span
from onetake.rules.rule import Answer, Fault, Rule


def check(distribution: Distribution) -> Iterator[Fault]:
    """A distribution that surely has no certificate of its own and needs none for its names."""
    if is_production(distribution.stack) is Truth.NO or not isinstance(distribution.aliases, (Absent, Known)):
        return
    if isinstance(distribution.aliases, Known) and distribution.aliases.value:
        return
    where = default_certificate(distribution)
    if where is not None:
        yield Fault(where, f"{distribution.address} serves with CloudFront's default certificate: TLS 1.0 is admitted")


def default_certificate(distribution: Distribution) -> Span | None:
    """Where it is said that the distribution has no certificate of its own; nothing when it may have one."""
    match distribution.certificate, distribution.iam_certificate, distribution.default_certificate:
        case Absent() | Known(""), Absent() | Known(""), Known(True, where):
            return where
        case Absent(), Absent(), Known(False) if distribution.language is Language.CLOUDFORMATION:
            return distribution.where
        case _:
            return None


RULE = Rule(
    name="cloudfront-default-certificate",
    view=Distribution,
    check=check,
    severity=Severity.LOW,
    answers={Language.TERRAFORM: Answer(Stage.RUN), Language.CLOUDFORMATION: Answer(Stage.RUN)},
    cause="With the default certificate CloudFront sets the security policy to TLSv1 and ignores a stricter one.",
    fix="Give the distribution an alias, an ACM certificate of us-east-1 and minimum protocol TLSv1.2_2021, and "
    "redirect viewers to HTTPS.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html",
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html",
    ),
)
