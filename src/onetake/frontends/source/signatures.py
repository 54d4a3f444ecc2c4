"""What calls of a library's classes, structs and methods take in Python, as jsii writes their signatures."""

from __future__ import annotations

from collections.abc import Mapping

from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Class, Described, Method, Parameter, Struct
from onetake.knowledge.api.names import python_field, python_parameter
from onetake.knowledge.api.types import Type
from onetake.model.records import record


@record
class Argument:
    """One argument by its Python name."""

    type: Type
    home: Described
    """In which its type is written."""
    required: bool
    field: str = ""
    """The field of the struct that it stands for."""


@record
class Signature:
    """The arguments of one call."""

    positional: Mapping[str, Argument]
    """In their order; they may be given by name, too."""
    keywords: Mapping[str, Argument]
    """Only by name: the fields of the struct that comes last."""
    variadic: bool = False
    complete: bool = True
    """Whether all of it is known."""


def of_struct(struct: Struct, libraries: Libraries) -> Signature:
    """The struct's own class: every field is a keyword."""
    keywords, complete = _fields(struct, libraries)
    return Signature({}, keywords, complete=complete)


def of_class(one: Class, libraries: Libraries) -> Signature | None:
    """The constructor; ``None`` where there is none to be known."""
    parameters = libraries.constructor(one)
    return None if parameters is None else _of(parameters, _owner(one, libraries), libraries)


def of_method(method: Method, owner: Described, libraries: Libraries) -> Signature:
    """A method that ``owner`` declares itself."""
    return _of(method.parameters, owner, libraries)


def _owner(one: Class, libraries: Libraries) -> Described:
    """The class in which the constructor's types are written: the one that declares it."""
    this: Described | None = one
    while isinstance(this, Class) and this.parameters is None and this.base is not None:
        this = libraries.get(this.base, this)
    return this or one


def _of(parameters: tuple[Parameter, ...], home: Described, libraries: Libraries) -> Signature:
    last = parameters[-1] if parameters else None
    struct = libraries.get(last.type, home) if last is not None and not last.variadic else None
    keywords: Mapping[str, Argument] = {}
    complete = struct is not None or last is None or not last.type.library
    if isinstance(struct, Struct):
        keywords, complete = _fields(struct, libraries)
        parameters = parameters[:-1]
    positional = {
        python_parameter(one.name, keywords): Argument(one.type, home, not (one.optional or one.variadic))
        for one in parameters
    }
    return Signature(positional, keywords, any(one.variadic for one in parameters), complete)


def _fields(struct: Struct, libraries: Libraries) -> tuple[Mapping[str, Argument], bool]:
    lineage, complete = libraries.ancestry(struct)
    found: dict[str, Argument] = {}
    for one in lineage:
        if isinstance(one, Struct):
            for name, field in one.fields.items():
                found.setdefault(python_field(name), Argument(field.type, one, not field.optional, name))
    return found, complete
