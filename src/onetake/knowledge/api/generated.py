"""Members that the bindings' generator writes for every field of a struct, so that packs need not hold them.

For a block ``FooBar`` there is ``FooBarOutputReference`` (and ``FooBarList`` where it repeats); for a resource ``Foo``
with its arguments in ``FooConfig`` there are the same members on ``Foo``. A pack holds only how a class differs from
what is written here, so that what is read is always what the assembly said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Raw = dict[str, Any]
RESOLVABLE = "@IResolvable"
PROPERTY = ""
IMMUTABLE = "i"
OPTIONAL_IMMUTABLE = "io"
REFERENCE = "OutputReference"
LIST = "List"
ITEM = [["terraformResource", "@IInterpolatingParent"], ["terraformAttribute", "s"]]
INDEXED = [*ITEM, ["complexObjectIndex", "n"], ["complexObjectIsFromSet", "b"]]
WRAPPING = [*ITEM, ["wrapsSet", "b"]]


def upper(name: str) -> str:
    """``vpcConfig`` as it stands behind ``put`` and ``reset``."""
    return name[:1].upper() + name[1:]


def members(fields: Mapping[str, str], known: Callable[[str], bool]) -> tuple[Raw, Raw]:
    """Methods and properties for the ``fields`` of a struct (name: type, ``?`` before it where it may be left out).

    ``known`` tells whether the module has a class of a name.
    """
    methods: Raw = {}
    properties: Raw = {}
    for name, told in fields.items():
        optional, type_ = told.startswith("?"), told.lstrip("?").partition("#")[0]
        properties[f"{name}Input"] = [OPTIONAL_IMMUTABLE, type_]
        if optional:
            methods[f"reset{upper(name)}"] = []
        wrapper = _wrapper(type_, known)
        if wrapper:
            methods[f"put{upper(name)}"] = ["", [["value", type_]]]
            properties[name] = [IMMUTABLE, wrapper]
        else:
            properties[name] = [PROPERTY, type_]
    return methods, properties


def _wrapper(type_: str, known: Callable[[str], bool]) -> str:
    """What reads a field of this type: ``.FooBarList``; empty where the field is read as it is."""
    for one in _choices(type_):
        name = one.lstrip("[")
        if name.startswith("."):
            found = name[1:] + (LIST if one.startswith("[") else REFERENCE)
            if known(found):
                return f".{found}"
    return ""


def _choices(type_: str) -> Iterable[str]:
    return type_[1:-1].split("|") if type_.startswith("(") else (type_,)


def reference(struct: str, fields: Mapping[str, str], known: Callable[[str], bool], *, item: bool) -> list[Any]:
    """``FooBarOutputReference`` of the struct ``FooBar``; ``item`` where it is one of several."""
    methods, properties = members(fields, known)
    properties["internalValue"] = ["o", f"({RESOLVABLE}|.{struct})" if item else f".{struct}"]
    return ["C", "", "@ComplexObject", [], INDEXED if item else ITEM, methods, properties]


def repeated(struct: str) -> list[Any]:
    """``FooBarList`` of the struct ``FooBar``."""
    methods = {"get": ["", [["index", "n"]], f".{struct}{REFERENCE}"]}
    properties = {"internalValue": ["o", f"({RESOLVABLE}|[.{struct})"]}
    return ["C", "", "@ComplexList", [], WRAPPING, methods, properties]


def resource(config: str, fields: Mapping[str, str], known: Callable[[str], bool], base: str) -> list[Any]:
    """A resource, data source or provider whose arguments are the struct ``config``."""
    methods, properties = members(fields, known)
    properties["tfResourceType"] = ["csi", "s"]
    if base != "@TerraformProvider":
        for one in ("synthesizeAttributes", "synthesizeHclAttributes"):
            methods[one] = ["p", [], "{a"]
    importing = [
        ["scope", "!Construct"],
        ["importToId", "s"],
        ["importFromId", "s"],
        ["provider", "?@TerraformProvider"],
    ]
    methods["generateConfigForImport"] = ["s", importing, "@ImportableResource"]
    parameters = [["scope", "!Construct"], ["id", "s"], ["config", f".{config}"]]
    return ["C", "", base, [], parameters, methods, properties]


def differences(whole: list[Any], expected: list[Any]) -> list[Any]:
    """How ``whole`` differs from ``expected``: per part the members to add or put right, then those to leave out."""
    told: list[Any] = [None if whole[part] == expected[part] else whole[part] for part in range(1, 5)]
    for part in (5, 6):
        told.append({name: one for name, one in whole[part].items() if expected[part].get(name) != one})
        told.append(sorted(expected[part].keys() - whole[part].keys()))
    while told and not told[-1]:
        told.pop()
    return told


def applied(expected: list[Any], told: list[Any]) -> list[Any]:
    """``expected`` with the differences put in: what ``differences`` was asked about."""
    full = [*told, *[None] * (8 - len(told))]
    whole = [expected[0], *(expected[part] if full[part - 1] is None else full[part - 1] for part in range(1, 5))]
    for part, (more, less) in zip((5, 6), ((full[4], full[5]), (full[6], full[7])), strict=True):
        kept = {name: one for name, one in expected[part].items() if name not in (less or ())}
        whole.append(kept | (more or {}))
    return whole
