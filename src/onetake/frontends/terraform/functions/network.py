"""Functions on IP networks."""

from __future__ import annotations

import ipaddress
from typing import TypeAlias

from onetake.frontends.terraform.functions.values import Failure, Undetermined, big, whole

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def cidrhost(prefix: str, hostnum: float) -> str:
    """``cidrhost``: an address by its number; negative numbers count from the end."""
    number = big(hostnum)
    network = _network(prefix)
    size = 2 ** (network.max_prefixlen - network.prefixlen)
    if abs(number) >= 2**63:
        raise Undetermined("Terraform keeps 63 bits of the number")
    if not -size <= number < size:
        shown = number if number >= 0 else size + number
        raise Failure(f"prefix of {network.prefixlen} does not accommodate a host numbered {shown}")
    return str(network[number])


def cidrnetmask(prefix: str) -> str:
    """``cidrnetmask``, for IPv4."""
    network = _network(prefix)
    if network.version == 6:
        raise Failure("IPv6 addresses cannot have a netmask: " + prefix)
    return str(network.netmask)


def cidrsubnet(prefix: str, newbits: float, netnum: float) -> str:
    """``cidrsubnet``."""
    bits, number = whole(newbits), big(netnum)
    network = _network(prefix)
    length = network.prefixlen + bits
    if length > network.max_prefixlen:
        raise Failure(f"insufficient address space to extend prefix of {network.prefixlen} by {bits}")
    if bits < 0 or number < 0:
        raise Undetermined("Terraform computes nonsense for negative numbers")
    if number >= 2**bits:
        raise Failure(f"prefix extension of {bits} does not accommodate a subnet numbered {number}")
    return str(_nth(network, length, number))


def cidrsubnets(prefix: str, *newbits: float) -> list[str]:
    """``cidrsubnets``: consecutive networks of different sizes."""
    network = _network(prefix, "prefix")
    result: list[str] = []
    following = int(network.network_address)
    end = following + 2 ** (network.max_prefixlen - network.prefixlen)
    for bits in (whole(each, "newbits") for each in newbits):
        if bits < 1:
            raise Failure("must extend prefix by at least one bit", "newbits")
        if bits > 32:
            raise Failure("may not extend prefix by more than 32 bits", "newbits")
        length = network.prefixlen + bits
        if length > network.max_prefixlen:
            raise Failure(
                f"would extend prefix to {length} bits, which is too long for an {_family(network)} address", "newbits"
            )
        size = 2 ** (network.max_prefixlen - length)
        following = -(-following // size) * size
        if following + size > end or (following == 0 and not result):
            # Terraform starts from the network before the first one, and there is none before zero.
            before = result[-1] if result else _nth(network, length, 2**length - 1)
            raise Failure(
                f"not enough remaining address space for a subnet with a prefix of {length} bits after {before}",
                "newbits",
            )
        result.append(str(type(network)((following, length))))
        following += size
    return result


def cidrcontains(containing: str, contained: str) -> bool:
    """OpenTofu's ``cidrcontains``."""
    outer = _network(containing)
    if "/" in contained:
        inner = _network(contained)
    else:
        try:
            inner = ipaddress.ip_network(contained)
        except ValueError:
            raise Failure(f"invalid IP address or prefix: {contained}") from None
    if isinstance(outer, ipaddress.IPv4Network) and isinstance(inner, ipaddress.IPv4Network):
        return inner.subnet_of(outer)
    if isinstance(outer, ipaddress.IPv6Network) and isinstance(inner, ipaddress.IPv6Network):
        return inner.subnet_of(outer)
    raise Failure(f"address family mismatch: {containing} vs. {contained}")


def _nth(network: Network, length: int, number: int) -> Network:
    start = int(network.network_address) + (number << (network.max_prefixlen - length))
    return type(network)((start, length))


def _family(network: Network) -> str:
    return f"IPv{network.version}"


def _network(prefix: str, parameter: str = "") -> Network:
    address, _, length = prefix.partition("/")
    try:
        if not (length.isascii() and length.isdecimal()) or "%" in address:
            raise ValueError(prefix)  # noqa: TRY301  # the same refusal
        parts = address.split(".")
        if ":" not in address and (len(parts) == 4 and all(part.isdecimal() for part in parts)):
            # Leading zeros are decimal, not octal, and are accepted.
            address = ".".join(str(int(part)) for part in parts)
        network = ipaddress.ip_network(f"{address}/{int(length)}", strict=False)
    except ValueError:
        raise Failure(f"invalid CIDR expression: invalid CIDR address: {prefix}", parameter) from None
    if isinstance(network, ipaddress.IPv6Network) and network.network_address.ipv4_mapped:
        raise Undetermined("an address of IPv4 written as one of IPv6")
    return network
