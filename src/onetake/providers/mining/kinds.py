"""What the texts of providers mean: the kind of a constraint, and its parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from onetake.knowledge.terraform.rendering import MEMBER_MARKS
from onetake.providers.mining.reading import Template

Parsed = tuple[str, dict[str, Any], Template]
"""The kind, its parameters, and the template with what is not the same for all values marked as the reason."""
_NUMBER = r"(-?\d+(?:\.\d+)?)"


def parsed(text: Template) -> Parsed:
    """The kind of constraint that a text tells of; ``format`` when it is none that is known."""
    whole = f"{text[1]}\n{text[2]}"
    for pattern, kind, parameters in _TABLE:
        found = pattern.search(whole)
        if found:
            given = parameters(found) if callable(parameters) else dict(parameters)
            return kind, given, _without_members(_reasoned(text, found), given.get("members", ()))
    return "format", {}, text


def _reasoned(text: Template, found: re.Match[str]) -> Template:
    """The template with ``{reason}`` for what the pattern calls so."""
    if not found.groupdict().get("reason"):
        return text
    start, end = found.span("reason")
    error, summary, detail = text
    if start < len(summary):
        return error, summary[:start] + "{reason}" + summary[end:], detail
    start, end = start - len(summary) - 1, end - len(summary) - 1
    return error, summary, detail[:start] + "{reason}" + detail[end:]


def _without_members(text: Template, members: tuple[str, ...]) -> Template:
    """The template with a mark for the members of an enumeration."""
    for mark, words in MEMBER_MARKS.items():
        listed = words(members)
        if members and listed in text[1] + text[2]:
            return text[0], text[1].replace(listed, mark), text[2].replace(listed, mark)
    return text


def _bounds(found: re.Match[str]) -> dict[str, Any]:
    named = found.groupdict()
    return {name: _number(named[name]) for name in ("minimum", "maximum") if named.get(name)}


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _measured(unit: str) -> Callable[[re.Match[str]], dict[str, Any]]:
    return lambda found: {**_bounds(found), "unit": unit}


def _quoted_members(found: re.Match[str]) -> dict[str, Any]:
    return {"members": tuple(unquoted(text) for text in re.findall(r'"((?:[^"\\]|\\.)*)"', found["members"]))}


def _plain_members(found: re.Match[str]) -> dict[str, Any]:
    return {"members": tuple(re.split(r",\s*|\s+", found["members"].strip()))}


def _expression(found: re.Match[str]) -> dict[str, Any]:
    return {"pattern": unquoted(found["pattern"])}


def _plain_expression(found: re.Match[str]) -> dict[str, Any]:
    return {"pattern": found["pattern"]}


def unquoted(text: str) -> str:
    """What Go's ``%q`` wrote, without the quotes around it."""
    return re.sub(
        r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|.)", lambda found: _ESCAPES.get(found[1]) or _character(found[1]), text
    )


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _character(code: str) -> str:
    return chr(int(code[1:], 16)) if len(code) > 1 else code


def _names(pattern: str) -> dict[str, Any]:
    return {"pattern": pattern}


_MIN, _MAX = (rf"(?P<{name}>{_NUMBER[1:-1]})" for name in ("minimum", "maximum"))
_NAME = r"(?:\{key\}|\{name\}|\{path\}|\{around\})"
_SHAPES: list[tuple[str, str, Any]] = [
    (r"^Invalid or unknown key\n", "not_settable", {}),
    (r"^Argument is deprecated\n|^Attribute Deprecated\n|^Deprecated ", "deprecated", {}),
    (r"must be a whole number, got", "whole", {}),
    # Enumerations
    (rf'^expected "?{_NAME}"? to be one of \[(?P<members>".*")\](?:, got|\n)', "enum", _quoted_members),
    (rf"^expected {_NAME} to be one of \[(?P<members>[-\d. ]+)\], got", "enum", _plain_members),
    (r"Valid Values: \[(?P<members>[^\]]+)\]", "enum", _plain_members),
    (r'value must be one of: \[(?P<members>".*")\], got', "enum", _quoted_members),
    (r"value must be one of: \[(?P<members>[-\d, ]+)\], got", "enum", _plain_members),
    # Sizes of collections
    (rf"(?:list|set|map) must contain at least {_MIN} elements? and at most {_MAX} elements?, got: (?P<reason>\d+)",
     "items", _bounds),
    (rf"(?:list|set|map) must contain at most {_MAX} elements?, got: (?P<reason>\d+)", "items", _bounds),
    (rf"(?:list|set|map) must contain at least {_MIN} elements?, got: (?P<reason>\d+)", "items", _bounds),
    (rf"requires {_MIN} item minimum, but config has only (?P<reason>\d+) declared", "items", _bounds),
    (rf"supports {_MAX} item maximum, but config has (?P<reason>\d+) declared", "items", _bounds),
    # Lengths
    (rf"^expected length of {_NAME} to be in the range \({_MIN} - {_MAX}\), got", "length", _measured("bytes")),
    (rf"UTF-8 character count must be between {_MIN} and {_MAX}, got: (?P<reason>\d+)", "length",
     _measured("characters")),
    (rf"UTF-8 character count must be at least {_MIN}, got: (?P<reason>\d+)", "length", _measured("characters")),
    (rf"UTF-8 character count must be at most {_MAX}, got: (?P<reason>\d+)", "length", _measured("characters")),
    (rf"string length must be between {_MIN} and {_MAX}, got: (?P<reason>\d+)", "length", _measured("bytes")),
    (rf"string length must be at least {_MIN}, got: (?P<reason>\d+)", "length", _measured("bytes")),
    (rf"string length must be at most {_MAX}, got: (?P<reason>\d+)", "length", _measured("bytes")),
    (rf'"\{{(?:key|name)\}}" (?:cannot|must not) be (?:longer|greater) than {_MAX} characters?', "length",
     _measured("bytes")),
    (rf'"\{{(?:key|name)\}}" cannot be (?:shorter|less) than {_MIN} characters?', "length", _measured("bytes")),
    (rf'"\{{(?:key|name)\}}" cannot be longer than {_MAX} UTF-8 characters?', "length", _measured("characters")),
    (rf'"\{{(?:key|name)\}}" cannot be less than {_MIN} UTF-8 characters?', "length", _measured("characters")),
    (rf'"\{{(?:key|name)\}}" length must be between {_MIN}-{_MAX} characters', "length", _measured("bytes")),
    (r"to not be an empty string or whitespace", "not_blank", {}),
    (r"to not be an empty string, got|must not be empty", "non_empty", {}),
    (rf"must be {_MIN} to {_MAX} characters long\. provided string length: (?P<reason>\d+)", "length",
     _measured("bytes")),
    # Ranges
    (rf"^expected {_NAME} to be (?:in the range|at between) \({_MIN}\)?(?: - | and \(){_MAX}\), got", "range", _bounds),
    (rf"value must be between {_MIN} and {_MAX}, got", "range", _bounds),
    (rf"^expected {_NAME} to be at least \({_MIN}\), got", "range", _bounds),
    (rf"^expected {_NAME} to be at most \({_MAX}\), got", "range", _bounds),
    (rf"value must be at least {_MIN}, got", "range", _bounds),
    (rf"value must be at most {_MAX}, got", "range", _bounds),
    (r'^expected "\{(?:key|name)\}" to be a valid port number, got', "range", {"minimum": 1, "maximum": 65535}),
    (r'^expected "\{(?:key|name)\}" to be a valid port number or 0, got', "range", {"minimum": 0, "maximum": 65535}),
    # Regular expressions
    (r'to match regular expression "(?P<pattern>(?:[^"\\]|\\.)*)", got', "pattern", _expression),
    (r"value must match regular expression '(?P<pattern>.*)', got", "pattern", _plain_expression),
    (r'''doesn't comply with restrictions \("(?P<pattern>(?:[^"\\]|\\.)*)"\)''', "pattern", _expression),
    (r"must satisfy regular expression pattern: (?P<pattern>[^\n]+)\n", "pattern", _plain_expression),
    # Formats
    (r"is an invalid ARN: (?P<reason>[^\n]+)", "arn", {}),
    (r"cannot be parsed as an ARN|value must be a valid ARN", "arn", {}),
    (r"contains an invalid JSON policy: (?P<reason>[^\n]+)", "iam_policy", {}),
    (r"contains an invalid JSON: (?P<reason>[^\n]+)", "json", {}),
    (r"Invalid JSON String Value|must be valid JSON|is not valid JSON", "json", {}),
    (r"to be a valid RFC3339 date, got \{quoted\}: (?P<reason>[^\n]+)", "rfc3339", {}),
    (r"not valid RFC3339 string format\.\n\nGiven Value: [^\n]*\nError: (?P<reason>[^\n]+)", "rfc3339", {}),
    (r"RFC3339 time format.*Example: (?P<reason>.+)\n", "rfc3339", {}),
    (r"to be a valid RFC3339 date|RFC ?3339", "rfc3339", {}),
    (r"must be a string containing a sequence of decimal numbers, each with optional fraction", "duration", {}),
    (r"not a valid Go Time Duration string format\..*Given Value: [^\n]*\nError: (?P<reason>[^\n]+)", "duration", {}),
    (r"annot be parsed as (?:a )?duration: (?P<reason>[^\n]+)", "duration", {}),
    (r"a valid IPv4 CIDR that represents a network", "ipv4_network", {}),
    (r"a valid IPv6 CIDR that represents a network", "ipv6_network", {}),
    (r"is not a valid (?:IPv\d )?CIDR block; did you mean \"(?P<reason>[^\"]+)\"", "no_host_bits", {}),
    (r"to contain a valid network Value, expected (?P<reason>[^,]+), got", "no_host_bits", {}),
    (r"is not a valid IPv4 CIDR block\n", "cidr_version", {"minimum": 4}),
    (r"is not a valid IPv6 CIDR block\n", "cidr_version", {"minimum": 6}),
    (r"is not a valid CIDR block: invalid CIDR address: \{value\}|to be a valid CIDR Value, got \{value\}: invalid CIDR"
     r"|to contain a valid Value, got: \{value\} with err: invalid CIDR", "cidr", {}),
    (r"to contain a valid IPv4 address", "ipv4", {}),
    (r"to contain a valid IPv6 address", "ipv6", {}),
    (r"to contain a valid IP\b|value must be a valid IP address", "ip", {}),
    (r"to be a valid url, got \{value\}: parse \{quoted\}: (?P<reason>[^\n]+)", "format", {}),
    (r"to have a url with schema of: (?P<members>\"[^\n]*\"), got", "url_scheme", _quoted_members),
    (r"url to not be empty, got", "non_empty", {}),
    (r"to have a host, got", "url_host", {}),
    (r"valid HTTPS url", "https_url", {}),
    (r'doesn.t look like AWS Account ID|12-digit account ID|valid AWS account ID', "account_id", {}),
    (r"doesn.t look like AWS Region|Region Code", "region", {}),
    (r"cannot parse '\{value\}' as boolean: (?P<reason>[^\n]+)", "truth", {}),
    (r"cannot parse '\{value\}' as int: (?P<reason>[^\n]+)", "integer", {}),
    (r"to be a base64 string|must be base64-encoded|base64", "base64", {}),
    (r"to be a valid UUID", "uuid", {}),
    (r"must not contain any whitespace characters", "pattern", {"pattern": r"\S+"}),
    (r'^\((?P<reason>.*)\) must satisfy the format of "ddd:hh24:mi-ddd:hh24:mi"', "weekly_window", {}),
    (r'must satisfy the format of "hh24:mi-hh24:mi"', "daily_window", {}),
    (r"to be divisible by (?P<minimum>\d+), got", "divisible", _bounds),
    (r"to be greater than \((?P<minimum>-?\d+(?:\.\d+)?)\), got", "above", _bounds),
    (r"cannot parse '\{value\}' as float: (?P<reason>[^\n]+)", "decimal", {}),
    # Names of things: the texts tell the expression in words
    (r"only alphanumeric characters and hyphens allowed in", "pattern", _names(r"^[0-9A-Za-z-]+$")),
    (r"only lowercase alphanumeric characters and hyphens allowed in", "pattern", _names(r"^[0-9a-z-]+$")),
    (r"first character of .*must be a letter", "pattern", _names(r"^[A-Za-z]")),
    (r"(?:cannot|must not|may not) contain (?:two )?consecutive hyphens", "pattern", _names(r"^(-?[^-])*-?$")),
    (r"(?:cannot|must not) (?:begin|start) with a hyphen", "pattern", _names(r"^([^-]|$)")),
    (r"(?:cannot|must not) end (?:with|in) a hyphen", "pattern", _names(r"([^-]|^)$")),
    (r"must begin with 'lt-' and be comprised", "pattern", _names(r"^lt-[a-z0-9]+$")),
    (r"to have prefix /, got", "pattern", _names(r"^/")),
    (r"must start with /|must begin with /", "pattern", _names(r"^/")),
    (r"must begin with s3://", "pattern", _names(r"^s3://")),
    (r"[Mm]ust match the expression: (?P<pattern>[^\n]+)\)\n", "pattern", _plain_expression),
    (r"\(must match (?P<pattern>[\^\[][^\n]+)\)\n", "pattern", _plain_expression),
    (r"begin with (?:a letter|alphabetic character)\)", "pattern", _names(r"^[A-Za-z]")),
    (r"contain only alphanumeric characters, hyphens,? and underscores|"
     r"contain only alphanumeric, underscore \(_\), and hyphen \(-\) characters", "pattern",
     _names(r"^[0-9A-Za-z_-]+$")),
    (r"contain only alphanumeric characters, (?:periods, underscores, and hyphens|hyphens, underscores, and periods)|"
     r"contain only alphanumeric, hyphen, underscore, and period characters|"
     r"alphanumeric and can contain hyphens, underscores, and periods", "pattern", _names(r"^[0-9A-Za-z_.-]+$")),
    (r"contain only alphanumeric, hyphen, and underscore characters", "pattern", _names(r"^[0-9A-Za-z_-]+$")),
    (r"contain only alphanumeric characters, underscores, hyphens, and dots", "pattern", _names(r"^[0-9A-Za-z_.-]+$")),
    (r"Only lowercase alphanumeric characters and hyphens are allowed", "pattern", _names(r"^[0-9a-z-]+$")),
    (r"Must be of the pattern (?P<pattern>\^[^\n]+)\)\n", "pattern", _plain_expression),
    (r"contain A-Z, a-z, 0-9, and hypen|Valid characters are a-z, A-Z, 0-9, and - \(hyphen\)|"
     r"consist of letters, numbers, and hyphens", "pattern",
     _names(r"^[0-9A-Za-z-]+$")),
    (r"be lowercase letters, numbers, or underscore", "pattern", _names(r"^[0-9a-z_]+$")),
    (r"must be a positive integer value|must be a whole number", "pattern", _names(r"^[0-9]+$")),
]  # fmt: skip
_TABLE = [(re.compile(pattern, re.DOTALL), kind, given) for pattern, kind, given in _SHAPES]

_OTHERWISE: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "ipv6": (("ip", {}),),
    "https_url": (("url", {}),),
    r"^[A-Za-z]": (("pattern", {"pattern": r"^[a-z]"}),),
    r"^[0-9A-Za-z-]+$": (("pattern", {"pattern": r"^[0-9a-z-]+$"}), ("pattern", {"pattern": r"^[0-9A-Za-z_-]*$"})),
    r"^[0-9A-Za-z_-]+$": (("pattern", {"pattern": r"^[0-9A-Za-z_-]*$"}),),
}
_CLASS = re.compile(r"(\[[^\]]+\])[+*]?")


def alternatives(kind: str, pattern: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What a text may mean when its first reading does not agree with the probes: kinds and parameters."""
    if kind == "pattern" and (found := _CLASS.fullmatch(pattern)):
        # Told in words: what the whole value may consist of.
        return (("pattern", {"pattern": f"^{found[1]}+$"}), ("pattern", {"pattern": f"^{found[1]}*$"}))
    return _OTHERWISE.get(pattern or kind, ())


CONFLICTS = re.compile(r"^Conflicting configuration arguments\n.*conflicts with (?P<other>[\w.]+)")
ONLY_ONE = re.compile(r": only one of `(?P<all>[^`]+)` can be specified, but `(?P<given>[^`]*)` were specified")
ONE_OF = re.compile(r": one of `(?P<all>[^`]+)` must be specified")
ALL_OF = re.compile(r": all of `(?P<all>[^`]+)` must be specified")
BRACKETED = re.compile(
    r"(?P<which>Exactly one of these attributes must be configured|At least one of these attributes must be configured"
    r"|(?:No attribute|\d+ attributes) specified when one \(and only one\) of"
    r"|At least one attribute out of|These attributes must be configured together)[: ]*\[(?P<all>.+)\]"
)
CANNOT = re.compile(r'Attribute "(?P<one>[^"]+)" cannot be specified when "(?P<other>[^"]+)" is specified')
MUST_TOO = re.compile(r'Attribute "(?P<other>[^"]+)" must be specified when "(?P<one>[^"]+)" is specified')
REQUIRED = re.compile(
    r'The argument "[^"]+" is required, but no|'
    r"Must set a configuration value for the \S+ attribute as the provider|"
    r"Block \S+ must have a configuration value as the provider"
)


def tells_relation(text: Template) -> bool:
    """Whether a text is about other arguments too, not about a value."""
    whole = f"{text[1]}\n{text[2]}"
    return any(
        pattern.search(whole)
        for pattern in (CONFLICTS, ONLY_ONE, ONE_OF, ALL_OF, BRACKETED, CANNOT, MUST_TOO, REQUIRED)
    )
