"""Ranges, against Python's own arithmetic."""

import ipaddress

from hypothesis import given
from hypothesis import strategies as st

from onetake.mechanisms.placement import inside, overlaps, usable_addresses
from onetake.model.language import Truth
from onetake.model.values import Known, Span, Unknown, Value

HERE = Span("main.tf")


@st.composite
def ranges(draw: st.DrawFn) -> ipaddress.IPv4Network:
    """Networks near each other, so that they often meet."""
    length = draw(st.integers(8, 30))
    address = int(ipaddress.IPv4Address("10.0.0.0")) + draw(st.integers(0, 2**12)) * 2**12
    return ipaddress.IPv4Network((address, length), strict=False)


@given(ranges(), ranges())
def test_inside_and_overlaps_agree_with_the_sets_of_addresses(
    one: ipaddress.IPv4Network, other: ipaddress.IPv4Network
) -> None:
    first, last = (int(one.network_address), int(one.broadcast_address))
    low, high = (int(other.network_address), int(other.broadcast_address))

    assert inside(str(one), str(other)) is Truth.of(low <= first and last <= high)
    assert overlaps(str(one), str(other)) is Truth.of(max(first, low) <= min(last, high))


@given(ranges())
def test_aws_keeps_five_addresses_of_a_subnet(one: ipaddress.IPv4Network) -> None:
    assert usable_addresses(str(one)) == max(0, 2 ** (32 - one.prefixlen) - 5)


def test_ranges_of_two_families_never_meet() -> None:
    assert inside("10.0.0.0/8", "::/0") is Truth.NO
    assert overlaps("10.0.0.0/8", "::/0") is Truth.NO


def test_nothing_is_said_of_ranges_that_are_not_known() -> None:
    unknown: Value[str] = Unknown("a parameter", HERE)

    assert inside(unknown, "10.0.0.0/8") is Truth.UNKNOWN
    assert overlaps(Known("10.0.0.0/8", HERE), unknown) is Truth.UNKNOWN
    assert inside("10.0.0.0/99", "10.0.0.0/8") is Truth.UNKNOWN
    assert usable_addresses(unknown) is None
