"""In which region a certificate of ACM lies: regional services take those of their own region only."""

from __future__ import annotations

from onetake.aws.acm import Certificate, CertificateLookup, CertificateValidation
from onetake.aws.lookup import target
from onetake.aws.view import View
from onetake.mechanisms.placement.regions import public_region, written_region
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.values import Value


@record
class Issued:
    """Where a certificate lies, and what says so."""

    region: str
    by: View | None
    """The certificate, the wait for it, or its lookup; nothing where its ARN is written."""


def issued(certificate: Value[str], stack: Stack) -> Issued | None:
    """The region of a certificate, where it is certain: written in its ARN, or that of what makes or finds it.

    Other partitions than the public one are left alone.
    """
    written = written_region(certificate, "acm")
    if written:
        return Issued(written, None)
    for kind in (Certificate, CertificateValidation, CertificateLookup):
        found = target(certificate, stack, kind)
        if found is not None:
            lies = public_region(found)
            return Issued(lies, found) if lies else None
    return None
