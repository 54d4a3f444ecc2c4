"""Functions on timestamps (RFC 3339) and durations."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

from onetake.frontends.terraform.functions.values import Failure, Undetermined

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)",
    re.ASCII,
)
_TOKEN = re.compile(r"''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+", re.DOTALL)
_UNITS = {"ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WRONG = {
    "Y": 'year must either be "YY" or "YYYY"',
    "M": 'month must be "M", "MM", "MMM", or "MMMM"',
    "D": 'day of month must either be "D" or "DD"',
    "E": 'day of week must either be "EEE" or "EEEE"',
    "h": '24-hour must either be "h" or "hh"',
    "H": '12-hour must either be "H" or "HH"',
    "A": 'must be "AA"',
    "a": 'must be "aa"',
    "m": 'minute must either be "m" or "mm"',
    "s": 'second must either be "s" or "ss"',
    "Z": "timezone must be Z, ZZZZ, or ZZZZZ",
}


def formatdate(template: str, stamp: str) -> str:
    """``formatdate``."""
    moment = _moment(stamp, "time")
    return "".join(_written(found[0], moment) for found in _TOKEN.finditer(template))


def _written(token: str, moment: datetime) -> str:
    if token.startswith("'"):
        if len(token) == 2 and not token.strip("'"):
            return "'"
        if len(token) == 1 or not token.endswith("'"):
            raise Failure("unterminated literal '", "format")
        return token[1:-1].replace("''", "'")
    if not token[0].isalpha() or not token.isascii():
        return token
    forms = _forms(token[0], moment)
    if len(token) not in forms:
        why = f": {_WRONG[token[0]]}" if token[0] in _WRONG else ""
        raise Failure(f'invalid date format verb "{token}"{why}', "format")
    return forms[len(token)]


def _forms(sign: str, moment: datetime) -> dict[int, str]:
    """What a letter stands for, by how often it is repeated."""
    match sign:
        case "Y":
            return {2: f"{moment.year % 100:02d}", 4: f"{moment.year:04d}"}
        case "M":
            return {**_both(moment.month), **_named(_MONTHS[moment.month - 1])}
        case "D":
            return _both(moment.day)
        case "E":
            return _named(_DAYS[moment.weekday()])
        case "Z":
            return _offset(moment)
        case _:
            return _clock(sign, moment)


def _clock(sign: str, moment: datetime) -> dict[int, str]:
    match sign:
        case "h":
            return _both(moment.hour)
        case "H":
            return _both(moment.hour % 12 or 12)
        case "A":
            return {2: "AM" if moment.hour < 12 else "PM"}
        case "a":
            return {2: "am" if moment.hour < 12 else "pm"}
        case "m":
            return _both(moment.minute)
        case "s":
            return _both(moment.second)
        case _:
            return {}


def _offset(moment: datetime) -> dict[int, str]:
    offset = moment.strftime("%z")[:5]
    colon = f"{offset[:3]}:{offset[3:]}"
    zero = offset == "+0000"
    return {1: "Z" if zero else colon, 3: "UTC" if zero else offset, 4: offset, 5: colon}


def _named(name: str) -> dict[int, str]:
    return {3: name[:3], 4: name}


def _both(value: int) -> dict[int, str]:
    return {1: str(value), 2: f"{value:02d}"}


def timeadd(stamp: str, duration: str) -> str:
    """``timeadd``."""
    moment = _moment(stamp, "")
    fraction = _STAMP.fullmatch(stamp)
    nanoseconds = int((fraction[7] or "0")[:9].ljust(9, "0")) if fraction else 0
    seconds = (nanoseconds + _duration(duration)) // 10**9
    try:
        later = moment.replace(microsecond=0) + timedelta(seconds=seconds)
    except OverflowError:
        raise Undetermined("a moment after the year 9999") from None
    return rfc3339(later)


def rfc3339(moment: datetime) -> str:
    """A moment as Terraform writes it, to the second."""
    return moment.strftime("%Y").zfill(4) + moment.strftime("-%m-%dT%H:%M:%S") + _offset(moment)[1]


def timecmp(one: str, other: str) -> int:
    """``timecmp``."""
    first, second = _instant(one, "timestamp_a"), _instant(other, "timestamp_b")
    return (first > second) - (first < second)


def _instant(stamp: str, parameter: str) -> tuple[datetime, str]:
    moment = _moment(stamp, parameter)
    found = _STAMP.fullmatch(stamp)
    return moment.astimezone(UTC).replace(microsecond=0), ((found[7] if found else None) or "").rstrip("0")


def _moment(stamp: str, parameter: str) -> datetime:
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise Failure(f"not a valid RFC3339 timestamp: {stamp}", parameter, exact=False)
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    if year == 0:
        raise Undetermined("the year 0")
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(found[8]))
    except ValueError:
        raise Failure(f"not a valid RFC3339 timestamp: {stamp}", parameter, exact=False) from None


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:])
    if hours > 24 or minutes > 60:
        raise ValueError(text)
    if hours == 24 or minutes == 60:
        raise Undetermined("an offset of a whole day")
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _duration(text: str) -> int:
    """Nanoseconds of a duration such as ``-1h30m``."""
    sign = -1 if text.startswith("-") else 1
    rest = text[1:] if text[:1] in {"-", "+"} else text
    if rest == "0":
        return 0
    if not rest:
        raise Failure(f'time: invalid duration "{text}"')
    total = 0
    while rest:
        found = re.compile(r"(\d*)(\.\d*)?", re.ASCII).match(rest)
        if found is None or not found[0].strip("."):
            raise Failure(f'time: invalid duration "{text}"')
        rest = rest[found.end() :]
        unit = re.compile(r"[^.\d]*").match(rest)
        name = unit[0] if unit else ""
        if not name:
            raise Failure(f'time: missing unit in duration "{text}"')
        if name not in _UNITS:
            raise Failure(f'time: unknown unit "{name}" in duration "{text}"')
        total += int(Fraction(found[0].rstrip(".") if found[1] == "." else "0" + found[0]) * _UNITS[name])
        if total >= 2**63:
            raise Failure(f'time: invalid duration "{text}"')
        rest = rest[len(name) :]
    return sign * total
