"""What a library offers, as records: classes, structs, interfaces and enumerations with their members."""

from __future__ import annotations

from collections.abc import Mapping

from onetake.knowledge.api.types import Type
from onetake.model.records import record


@record
class Parameter:
    """One parameter of a constructor or method, by its name in the assembly (``importToId``)."""

    name: str
    type: Type
    optional: bool = False
    variadic: bool = False


@record
class Method:
    """A method."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Type | None
    """``None`` for nothing."""
    static: bool = False
    protected: bool = False
    abstract: bool = False


@record
class Property:
    """A property of a class or interface."""

    name: str
    type: Type
    optional: bool = False
    immutable: bool = False
    static: bool = False
    constant: bool = False
    protected: bool = False
    abstract: bool = False


@record
class Field:
    """A field of a struct: a keyword in Python."""

    name: str
    type: Type
    optional: bool
    terraform: str = ""
    """The argument of Terraform that it stands for, where that is not the name in snake case."""


@record
class Place:
    """Where something is declared, and what it is called there."""

    library: str
    """The library's root module in Python: ``aws_cdk``."""
    module: str
    """Below the root; empty for the root itself."""
    name: str
    """With dots where it is declared inside a class: ``CfnBucket.TagProperty``."""


@record
class Class:
    """A class; members are its own, without those that it inherits."""

    place: Place
    base: Type | None
    interfaces: tuple[Type, ...]
    parameters: tuple[Parameter, ...] | None
    """Of the constructor; ``None`` when it is inherited or private."""
    methods: Mapping[str, Method]
    properties: Mapping[str, Property]
    abstract: bool = False
    deprecated: bool = False


@record
class Struct:
    """Keyword arguments; fields are its own, without those of its bases."""

    place: Place
    bases: tuple[Type, ...]
    fields: Mapping[str, Field]
    deprecated: bool = False


@record
class Interface:
    """What classes can implement; members are its own."""

    place: Place
    bases: tuple[Type, ...]
    methods: Mapping[str, Method]
    properties: Mapping[str, Property]
    deprecated: bool = False


@record
class Enumeration:
    """Names to choose from."""

    place: Place
    members: tuple[str, ...]
    deprecated: bool = False


Described = Class | Struct | Interface | Enumeration
