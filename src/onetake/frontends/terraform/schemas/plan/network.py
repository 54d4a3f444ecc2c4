"""What is refused of NAT gateways and Direct Connect."""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, written
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet


def _unsupported(name: str, kind: str, *, even_zero: bool = False) -> Refusal:
    return Refusal(
        name,
        every(equal("connectivity_type", kind), written(name) if even_zero else given(name)),
        f'{name} is not supported with connectivity_type = "{kind}"',
        f"is {kind} and sets {name}",
        f"Take {name} away, or change connectivity_type.",
        lasting=kind == "private",
    )


def _without_address(name: str) -> Refusal:
    return Refusal(
        "address_family",
        every(equal("address_family", "ipv4"), lacking(name)),
        f"'{name}' must be set when 'address_family' is 'ipv4'",
        f"speaks IPv4 and has no {name}",
        f"Set {name}.",
    )


SHEETS = (
    Sheet(
        ("aws_nat_gateway",),
        "internal/service/ec2/vpc_nat_gateway.go",
        (
            _unsupported("allocation_id", "private"),
            _unsupported("secondary_allocation_ids", "private"),
            _unsupported("secondary_private_ip_address_count", "public", even_zero=True),
        ),
        {"connectivity_type": "public"},
    ),
    Sheet(
        ("aws_dx_public_virtual_interface",),
        "internal/service/directconnect/public_virtual_interface.go",
        (_without_address("customer_address"), _without_address("amazon_address")),
    ),
    Sheet(
        ("aws_dx_hosted_public_virtual_interface",),
        "internal/service/directconnect/hosted_public_virtual_interface.go",
        (_without_address("customer_address"), _without_address("amazon_address")),
    ),
)
