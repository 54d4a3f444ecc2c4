"""How jsii names things in Python and in Go: what a class, member or argument of an assembly is called in a program."""

from __future__ import annotations

import keyword
import re
from collections.abc import Container, Iterable
from functools import cache

from onetake.knowledge.api.model import Method, Property

_LOWER_UPPER = re.compile(r"([a-z\d])([A-Z])")
_ACRONYM = re.compile(r"([A-Z])([A-Z][a-z]+)")
_UNITS = re.compile(r"[KMG]iB(?![a-z])")
_MAJOR = re.compile(r"v[0-9]+")
_NOT_IN_PACKAGES = re.compile(r"[^a-z0-9.]")
RESERVED = frozenset(keyword.kwlist)
"""Words that Python names cannot be."""


@cache
def snake_case(name: str) -> str:
    """``sizeInMiB`` as ``size_in_mib``, ``fromARNAndID`` as ``from_arn_and_id``."""
    name = _UNITS.sub(lambda found: found[0].capitalize(), name)
    return _ACRONYM.sub(r"\1_\2", _LOWER_UPPER.sub(r"\1_\2", name)).lower()


def python_identifier(name: str) -> str:
    """The name itself, with ``_`` behind it where Python reserves it: of classes and members of enumerations."""
    return f"{name}_" if name in RESERVED else name


def python_member(name: str, *, protected: bool = False, constant: bool = False) -> str:
    """A method or property; ``constant`` for a static property that never changes."""
    found = python_identifier(snake_case(name))
    return ("_" if protected else "") + (found.upper() if constant else found)


def python_name(member: Method | Property) -> str:
    """A member as Python calls it. A static method that is protected looks like any other."""
    if isinstance(member, Method):
        return python_member(member.name, protected=member.protected and not member.static)
    return python_member(member.name, protected=member.protected, constant=member.constant and member.static)


def python_parameter(name: str, lifted: Container[str] = ()) -> str:
    """A parameter, beside the names of the keywords that the last parameter's struct becomes."""
    found = python_identifier(snake_case(name))
    while found in lifted:
        found += "_"
    return found


def python_field(name: str) -> str:
    """A field of a struct: a keyword of its class, and of methods that take it last."""
    return python_identifier(snake_case(name))


def go_package(name: str) -> str:
    """The package of a module: ``aws_s3`` and ``s3Bucket`` as ``awss3`` and ``s3bucket``."""
    return _NOT_IN_PACKAGES.sub("", name.lower())


def go_root_package(path: str) -> str:
    """The package that an import path most likely means: its last part that is no major version."""
    parts = path.split("/")
    if len(parts) > 1 and _MAJOR.fullmatch(parts[-1]):
        parts.pop()
    return parts[-1]


def go_name(name: str) -> str:
    """A type, method or property as Go exports it: ``attrArn`` as ``AttrArn``, ``CfnBucket.TagProperty`` joined."""
    return "_".join(part[:1].upper() + part[1:] for part in name.split("."))


def go_constructor(name: str) -> str:
    """``NewBucket``."""
    return f"New{go_name(name)}"


def go_static(name: str, member: str) -> str:
    """``Code_FromAsset``: a static method, or the function that returns a static property."""
    return f"{go_name(name)}_{go_name(member)}"


def go_member_of_enum(name: str, member: str) -> str:
    """``Runtime_PYTHON``."""
    return f"{go_name(name)}_{member}"


def go_setter(member: str) -> str:
    """``SetBucket``: what sets a property that may change."""
    return f"Set{go_name(member)}"


def python_module(root: str, module: str) -> str:
    """The import path of a module below its library."""
    return f"{root}.{module}" if module else root


def go_path(root: str, packages: Iterable[str]) -> str:
    """The import path of a package below its library."""
    return "/".join((root, *packages))
