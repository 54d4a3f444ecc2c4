"""What a parameter may be, judged where it is given: a refusal names it, its value and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from onetake.platforms.refusals import Refused, one_of

Environment = Literal["dev", "staging", "prod"]
ENVIRONMENTS: Final[tuple[Environment, ...]] = ("dev", "staging", "prod")

RETENTIONS: Final = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""Days for which CloudWatch Logs keeps events; the provider also takes 0, for ever, which no platform uses."""

_SUFFIX: Final = re.compile(r"[a-z][a-z0-9-]{0,10}[a-z0-9]")
_REGION: Final = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TAG: Final = re.compile(r"[\w\s.:/=+@-]{0,256}")


def suffix(value: object) -> str:
    """The part of every name that tells two copies of a platform apart."""
    return text(
        "environment_suffix",
        value,
        _SUFFIX,
        "it has to be 2 to 12 lower-case letters, digits and hyphens, from a letter to a letter or digit",
    )


def environment(value: object, of_suffix: str) -> Environment:
    """The profile: given, or derived from the suffix; everything but ``prod`` and ``staging`` is sized like ``dev``."""
    if value is None:
        return "prod" if of_suffix == "prod" else "staging" if of_suffix == "staging" else "dev"
    for known in ENVIRONMENTS:
        if value == known:
            return known
    raise Refused("environment", value, one_of(ENVIRONMENTS))


def region(value: object, parameter: str = "aws_region") -> str:
    """A region's name."""
    return text(parameter, value, _REGION, "it has to be the name of a region, such as 'eu-west-1'")


def email(value: object, environment: Environment, parameter: str = "alarm_email") -> str | None:
    """Where alarms go; production needs somebody who reads them."""
    if value is None:
        if environment == "prod":
            raise Refused(parameter, value, "prod needs an address to which its alarms go")
        return None
    return text(parameter, value, _EMAIL, "it has to be an e-mail address")


def tags(parameter: str, value: object) -> dict[str, str]:
    """Tags, by the characters that every AWS service takes."""
    if not isinstance(value, Mapping):
        raise Refused(parameter, value, "it has to be a mapping of tag names to values")
    for key, content in value.items():
        text(parameter, key, _TAG, "a tag's name has to be letters, digits, spaces and _ . : / = + - @")
        text(f"{parameter}[{key!r}]", content, _TAG, "at most 256 letters, digits, spaces and _ . : / = + - @")
    return dict(value)


def text(parameter: str, value: object, form: re.Pattern[str], allowed: str) -> str:
    """A string that a pattern matches as a whole."""
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Refused(parameter, value, allowed)
    return value


def chosen(parameter: str, value: object, values: Iterable[str]) -> str:
    """One of some strings."""
    values = tuple(values)
    if not isinstance(value, str) or value not in values:
        raise Refused(parameter, value, one_of(values))
    return value


def whole(parameter: str, value: object, low: int, high: int) -> int:
    """A whole number between two others, both included."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused(parameter, value, f"it has to be a whole number from {low} to {high}")
    return value


def flag(parameter: str, value: object) -> bool:
    """True or False, and nothing that merely counts as one of them."""
    if not isinstance(value, bool):
        raise Refused(parameter, value, "it has to be True or False")
    return value


def retention(parameter: str, value: object) -> int:
    """A number of days for which CloudWatch Logs can keep events."""
    if value not in RETENTIONS or isinstance(value, bool):
        raise Refused(parameter, value, one_of(RETENTIONS))
    return int(str(value))


def cidrs(parameter: str, value: object) -> tuple[str, ...]:
    """IPv4 address blocks, none of which is everything."""
    import ipaddress

    if isinstance(value, str) or not isinstance(value, Iterable):
        raise Refused(parameter, value, "it has to be a list of address blocks such as '203.0.113.0/24'")
    blocks = tuple(value)
    for block in blocks:
        try:
            network = ipaddress.IPv4Network(block)
        except ValueError as error:
            raise Refused(parameter, block, f"it has to be an IPv4 address block: {error}") from None
        if network.prefixlen == 0:
            raise Refused(parameter, block, "an address block that is everything protects nothing")
    return blocks
