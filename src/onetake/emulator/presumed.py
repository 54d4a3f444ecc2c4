"""What a program names and does not make: the emulated account has it, as the user's own account would.

Hosted zones by their id or name, and certificates by their ARN. Everything else that a program looks up and does not
make is answered as in an empty account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onetake.emulator.environment import ACCOUNT
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Known, walk

_ZONE = re.compile(r"Z[A-Z0-9]{3,31}")
_CERTIFICATE = re.compile(rf"arn:aws:acm:(?P<region>[a-z0-9-]+):{ACCOUNT}:certificate/[\w-]+")
_NAMES = ("name", "domain_name")
FALLBACK = "example.com"
"""The name of a zone of which nothing says what is in it."""


def presume(stack: Stack) -> tuple[str, ...]:
    """Make what ``stack`` names in the emulated account; what was made, in words."""
    resources = [*stack.resources.values()]
    return (*_zones(resources), *_certificates(resources))


def _zones(resources: list[Resource]) -> Iterator[str]:
    from moto.route53.models import route53_backends

    zones = route53_backends[ACCOUNT]["aws"]
    asked = {_text(one, "zone_id") for one in resources if one.type == "aws_route53_record"}
    looked = [one for one in resources if one.mode is Mode.DATA and one.type == "data.aws_route53_zone"]
    asked |= {_text(one, "zone_id") for one in looked}
    for zone in sorted(one for one in asked if _ZONE.fullmatch(one)):
        if zone not in zones.zones:
            name = _domain(resources)
            made = zones.create_hosted_zone(f"{name}.", private_zone=False)
            zones.zones[zone] = zones.zones.pop(made.resource_id)
            made.resource_id = zone
            yield f"the hosted zone {zone} ({name})"
    made = {_text(one, "name").rstrip(".") for one in resources if one.type == "aws_route53_zone"}
    for one in looked:
        name = _text(one, "name").rstrip(".")
        if name and name not in made:
            zones.create_hosted_zone(f"{name}.", private_zone=False)
            yield f"the hosted zone {name}"


def _domain(resources: Iterable[Resource]) -> str:
    """The upper end of the domain that everything of the program lies in: other programs may have names beside it."""
    domains = [
        _text(one, name).rstrip(".").split(".")[::-1]
        for one in resources
        for name in _NAMES
        if one.type in {"aws_acm_certificate", "aws_route53_record"} and "." in _text(one, name)
    ]
    common: list[str] = []
    for parts in zip(*domains, strict=False):
        if len(set(parts)) > 1:
            break
        common.insert(0, parts[0])
    return ".".join(common[-2:]) if len(common) > 1 else FALLBACK


def _certificates(resources: Iterable[Resource]) -> Iterator[str]:
    from moto.acm.models import CertBundle, acm_backends

    named: dict[str, str] = {}
    for one in resources:
        for value in (inner for argument in one.arguments.values() for inner in walk(argument)):
            match value:
                case Known(str() as text) if found := _CERTIFICATE.fullmatch(text):
                    named[text] = found["region"]
                case _:
                    pass
    for arn, region in sorted(named.items()):
        bundle = CertBundle.generate_cert(f"*.{FALLBACK}", account_id=ACCOUNT, region=region)
        bundle.arn, bundle.status = arn, "ISSUED"
        acm_backends[ACCOUNT][region]._certificates[arn] = bundle  # noqa: SLF001 - it gives them ids of its own
        yield f"the certificate {arn}"


def _text(resource: Resource, name: str) -> str:
    match resource.argument(name):
        case Known(str() as text):
            return text
        case _:
            return ""
