"""Listener with a certificate of another region than its load balancer.

Load balancers take certificates of ACM from their own region; one that was made in us-east-1 for CloudFront is not
found elsewhere. Judged where both regions are certain.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener
from onetake.mechanisms.placement import issued, public_region
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Certificate '{certificate}' not found"


def check(listener: Listener) -> Iterator[Fault]:
    """The region of the certificate against that of the listener."""
    value = listener.certificate
    found = issued(value, listener.stack)
    home = public_region(listener)
    if found is not None and home and found.region != home:
        taken = found.by.address if found.by is not None else "a certificate"
        yield Fault(
            value,
            f"{listener.address} in {home} takes {taken} of {found.region}",
            related=(found.by,) if found.by is not None else (),
            words={"certificate": value.value} if isinstance(value, Known) else {},
        )


RULE = Rule(
    name="elb-certificate-other-region",
    view=Listener,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"CertificateNotFound: {SAYS}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
    },
    cause="A load balancer looks for certificates in its own region only.",
    fix="Issue a certificate in the region of the load balancer; CloudFront alone needs one in us-east-1.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
        "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
        "https://github.com/hashicorp/terraform/issues/20587",
    ),
)
