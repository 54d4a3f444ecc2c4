"""In which region a certificate of ACM lies: regional services take those of their own region only."""

from __future__ import annotations

import re

from onetake.aws.acm import Certificate, CertificateLookup, CertificateValidation
from onetake.aws.lookup import target
from onetake.aws.view import View
from onetake.mechanisms.placement.zones import region
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.text import prefix
from onetake.model.values import Known, Value

_ARN = re.compile(r"arn:aws:acm:([a-z]{2}(?:-[a-z]+)+-\d):")
_OTHER_PARTITIONS = ("cn-", "us-gov-")


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
    written = _ARN.match(prefix(certificate))
    if written is not None:
        return Issued(written[1], None)
    for kind in (Certificate, CertificateValidation, CertificateLookup):
        found = target(certificate, stack, kind)
        if found is not None:
            match region(found):
                case Known(name) if not name.startswith(_OTHER_PARTITIONS):
                    return Issued(name, found)
            return None
    return None
