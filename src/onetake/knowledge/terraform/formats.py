"""Formats of texts as the AWS provider checks them: ``True`` fits, ``False`` does not, ``None`` is not known here.

A test may give the reason instead of ``False``, in the provider's words. Whether a test is right for an argument was
decided when the pack was built: it has to agree with what the provider said of every probe.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

Verdict = bool | str | None

_POSIX = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": r"\x00-\x7F", "blank": r"\t ", "cntrl": r"\x00-\x1F\x7F",
    "digit": "0-9", "graph": "!-~", "lower": "a-z", "print": " -~", "punct": r"!-/:-@\[-`{-~", "space": r"\t\n\v\f\r ",
    "upper": "A-Z", "word": "0-9A-Za-z_", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_GO_TOKEN = re.compile(r"\[:(\w+):\]|\\z|\\[pP]|\\Q|\(\?P<|\(\?[imsU-]|\\.|\$|.", re.DOTALL)


@cache
def go_pattern(text: str) -> re.Pattern[str] | None:
    """A regular expression of Go as one of Python; ``None`` when it uses what Python writes in another way."""
    made: list[str] = []
    for found in _GO_TOKEN.finditer(text):
        piece = found[0]
        if found[1]:
            if found[1] not in _POSIX:
                return None
            made.append(_POSIX[found[1]])
        elif piece == "\\z":
            made.append("\\Z")
        elif piece in ("\\p", "\\P", "\\Q", "\\C") or (piece.startswith("(?") and piece not in ("(?P<", "(?i", "(?s")):
            return None
        elif piece == "$":
            made.append("$" if _in_class(made) else "\\Z")
        else:
            made.append("\\[" if piece == "[" and _in_class(made) else piece)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            # Go's \d, \w and \s know only ASCII.
            return re.compile("".join(made), re.ASCII)
    except re.error:
        return None


def _in_class(made: list[str]) -> bool:
    """Whether the pieces so far end inside ``[...]``."""
    inside = False
    for piece in made:
        if piece == "[" and not inside:
            inside = True
        elif piece == "]" and inside:
            inside = False
    return inside


def number(value: object) -> int | float | None:
    """A number, also one written as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value):
        return int(value)
    return None


def arn(text: str) -> Verdict:
    """``arn:partition:service:region:account:resource``; region and service are not looked at."""
    if not text.startswith("arn:"):
        return UNPARSED_ARN[0]
    if text.count(":") < 5:
        return UNPARSED_ARN[1]
    _, partition, _, _, account, resource = text.split(":", 5)
    if not partition:
        return "missing partition value"
    if account and partition.startswith("aws") and not _ACCOUNT_IN_ARN.fullmatch(account):
        return f"invalid account ID value (expecting to match regular expression: ^({_ACCOUNT_IN_ARN.pattern})$)"
    if not resource:
        return _NO_RESOURCE
    return True if _PLAIN_ARN.match(text) else None


def arn_besides(text: str) -> str:
    """What the provider says of an ARN besides the first reason against it; mostly nothing."""
    lacks = text.startswith("arn:") and text.count(":") >= 5 and not text.split(":", 5)[5]
    return _NO_RESOURCE if lacks and arn(text) != _NO_RESOURCE else ""


_NO_RESOURCE = "missing resource value"
UNPARSED_ARN = ("arn: invalid prefix", "arn: not enough sections")
"""Why a text is no ARN at all; of other ARNs only some of the provider's arguments think ill."""
_ACCOUNT_IN_ARN = re.compile(r"aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10}")
_PLAIN_ARN = re.compile(r"arn:aws(-[a-z]+)*:[\w-]+:([a-z]{2}(-[a-z]+)+-\d)?:(\d{12})?:.")


def json_text(text: str) -> Verdict:
    """JSON of any kind."""
    try:
        json.loads(text, parse_constant=_refuse)
    except RecursionError:
        return None
    except ValueError:
        return False
    return True


def _refuse(name: str) -> None:
    raise ValueError(name)


def policy(text: str) -> Verdict:
    """A JSON object; what stands in it is not looked at."""
    if text[:1].isspace():
        return None
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return False if not isinstance(found, dict) else True if found else None


def _network(text: str, version: int | None, *, strict: bool) -> Verdict:
    interface = _interface(text)
    if interface is None or (version is not None and interface.version != version):
        return False
    return not strict or interface.ip == interface.network.network_address


def _address(text: str, version: int | None) -> Verdict:
    import ipaddress

    if "%" in text:
        return None
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return False
    return version is None or found.version == version


def _interface(text: str) -> Any:
    """The address and network that CIDR notation means; ``None`` when it is none."""
    import ipaddress

    if not re.fullmatch(r"[0-9A-Fa-f:.]+/\d{1,3}", text):
        return None
    try:
        return ipaddress.ip_interface(text)
    except ValueError:
        return None


def no_host_bits(text: str) -> Verdict:
    """Not an address and a mask that leaves bits of it over; the reason is what was probably meant."""
    interface = _interface(text)
    return True if interface is None or interface.ip == interface.network.network_address else network_around(text)


def network_around(text: str) -> str:
    """The network in which the address of a CIDR block lies; empty where the text is none."""
    interface = _interface(text)
    return "" if interface is None else str(interface.network)


def cidr_version(text: str, version: float | None) -> Verdict:
    """Not a network of the other version of IP."""
    interface = _interface(text)
    return interface is None or interface.version == version


_WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun)"
_CLOCK = r"([0-1][0-9]|2[0-3]):[0-5][0-9]"


def weekly_window(text: str) -> Verdict:
    """``sun:04:00-sun:05:00``, in any case; the reason is the text in lower case."""
    lower = text.lower()
    return True if re.fullmatch(rf"{_WEEKDAY}:{_CLOCK}-{_WEEKDAY}:{_CLOCK}", lower) else lower


_RFC3339 = re.compile(r"\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([.,]\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def rfc3339(text: str) -> Verdict:
    """``2030-01-02T03:04:05Z``."""
    found = _RFC3339.fullmatch(text)
    if not found:
        return False
    month, day, hour, minute, second = (int(found[place]) for place in range(1, 6))
    fits = 1 <= month <= 12 and 1 <= day <= 31 and hour <= 23 and minute <= 59 and second <= 59
    return fits if day <= 28 or not fits else None


_DURATION = re.compile(r"[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)", re.ASCII)


def duration(text: str) -> Verdict:
    """``1h30m``, as Go reads it."""
    return bool(_DURATION.fullmatch(text))


def base64_text(text: str) -> Verdict:
    """Standard base 64 with padding; line ends are skipped."""
    import base64
    import binascii

    try:
        base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def url(text: str) -> Verdict:
    """An absolute HTTP or HTTPS URL; only plain ones are told apart."""
    if re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[\w./-]*)?", text):
        return True
    return None if re.match(r"https?://.", text) else False


def url_host(text: str) -> Verdict:
    """An URL with a host, or no URL at all; only plain texts are told apart."""
    if re.fullmatch(r"[A-Za-z0-9_./-]+", text):
        return False
    return True if re.match(r"[a-z]+://[A-Za-z0-9]", text) else None


def url_scheme(text: str, schemes: Collection[str]) -> Verdict:
    """An URL of one of the schemes, or no URL with a host at all."""
    found = re.match(r"([a-z][a-z0-9]*)://[A-Za-z0-9]", text)
    return found[1] in schemes if found else None


def https(text: str) -> Verdict:
    """An absolute HTTPS URL."""
    return False if text.startswith("http://") else url(text)


_ODD = re.compile(r"^[+-]?(0[xX]|inf|nan|\.?\d)|_", re.IGNORECASE)
_TRUTHS = frozenset({"1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"})


def _matching(pattern: str) -> Callable[[str], Verdict]:
    def test(text: str) -> Verdict:
        return re.fullmatch(pattern, text, re.ASCII) is not None

    return test


TESTS: dict[str, Callable[[str], Verdict]] = {
    "arn": arn,
    "json": json_text,
    "iam_policy": policy,
    "cidr": lambda text: _network(text, None, strict=False),
    "cidr_network": lambda text: _network(text, None, strict=True),
    "ipv4_cidr": lambda text: _network(text, 4, strict=False),
    "ipv4_network": lambda text: _network(text, 4, strict=True),
    "ipv6_cidr": lambda text: _network(text, 6, strict=False),
    "ipv6_network": lambda text: _network(text, 6, strict=True),
    "ip": lambda text: _address(text, None),
    "ipv4": lambda text: _address(text, 4),
    "ipv6": lambda text: _address(text, 6),
    "rfc3339": rfc3339,
    "duration": duration,
    "base64": base64_text,
    "url": url,
    "https_url": https,
    "url_host": url_host,
    "account_id": _matching(r"\d{12}"),
    "region": _matching(r"[a-z]{2}(-[a-z]+)+-\d"),
    "truth": lambda text: text in _TRUTHS,
    "integer": lambda text: True if re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII) else None if "_" in text else False,
    "port_text": lambda text: bool(re.fullmatch(r"\d{1,5}", text)) and 1 <= int(text) <= 65535,
    "uuid": _matching(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "no_host_bits": no_host_bits,
    "weekly_window": weekly_window,
    "daily_window": _matching(rf"{_CLOCK}-{_CLOCK}"),
    "decimal": lambda text: True if re.fullmatch(r"[+-]?\d+(\.\d+)?", text) else None if _ODD.search(text) else False,
    "not_blank": lambda text: text.strip() != "",
    "clock": _matching(r"([01]\d|2[0-3]):[0-5]\d"),
}
"""Every format by its kind."""
