"""HTTPS or TLS listener without a certificate.

Certificates that are added beside the listener do not count: the listener itself is created first, and needs its own.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "A certificate must be specified for {listeners}"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"ValidationError: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(listener: Listener) -> Iterator[Fault]:
    """A protocol that needs one, and surely none."""
    match listener.protocol:
        case Known("HTTPS" | "TLS" as protocol) if isinstance(listener.certificate, Absent):
            yield Fault(
                listener.protocol,
                f"{listener.address} speaks {protocol}, but has no certificate",
                words={"listeners": "HTTPS listeners"} if protocol == "HTTPS" else {},
            )
        case _:
            return


RULE = Rule(
    name="elb-listener-without-certificate",
    view=Listener,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A listener that ends TLS is refused without a certificate to show to its clients.",
    fix="Name a certificate of ACM or IAM in the listener.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
        "https://github.com/cn-terraform/terraform-aws-nexus/issues/42",
        "https://github.com/pulumi/pulumi-awsx/issues/1242",
    ),
    covers=("cfn-elb-certificate-missing",),
)
