"""What type a call is going to have while its arguments are not all known, and what Terraform refuses by their types.

A result is typed as soon as Terraform types it: ``length`` of anything is a number, ``reverse`` of a list of texts is
a list of texts, what ``jsondecode`` of an unknown text is nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from onetake.frontends.terraform.functions.types import type_of
from onetake.frontends.terraform.functions.unifying import Type, converts, described, elements, unify, with_open
from onetake.frontends.terraform.functions.values import Failure, Later, TerraformMap, whole

_FIXED: dict[str, Type] = {
    name: kind
    for kind, names in {
        "string": (
            "abspath base64decode base64encode base64gunzip base64gzip base64sha256 base64sha512 basename bcrypt "
            "chomp cidrhost cidrnetmask cidrsubnet dirname file filebase64 filebase64sha256 filebase64sha512 "
            "filemd5 filesha1 filesha256 filesha512 format formatdate indent join jsonencode lower md5 pathexpand "
            "plantimestamp replace rsadecrypt sha1 sha256 sha512 strrev substr templatestring textdecodebase64 "
            "textencodebase64 timeadd timestamp title trim trimprefix trimspace trimsuffix upper urldecode "
            "urlencode uuid uuidv5 yamlencode provider::aws::arn_build provider::aws::trim_iam_role_path"
        ),
        "number": "abs ceil floor index length log max min parseint pow signum sum timecmp",
        "bool": ("alltrue anytrue cidrcontains contains endswith fileexists issensitive startswith strcontains"),
        ("list", "string"): "cidrsubnets compact formatlist sort split",
        ("list", "number"): "range",
        ("set", "string"): "fileset",
        ("map", ("list", "string")): "transpose",
    }.items()
    for name in names.split()
}
Arguments = Sequence[object]


def is_fixed(name: str) -> bool:
    """Is the result of a function of one type, and never null, whatever it is given?"""
    return name in _FIXED


def promised(name: str, arguments: Arguments) -> Type:
    """The type of a call of ``name`` with ``arguments``, which have been converted to the types of its parameters.

    Raises:
        Failure: no values of these types can be given to it.
    """
    find = _FOUND.get(name)
    found = find(arguments, [type_of(argument) for argument in arguments]) if find else "any"
    return _FIXED.get(name, found)


def _shape(kind: Type) -> str:
    return str(kind[0]) if isinstance(kind, tuple) else str(kind)


def _require(kind: Type, shapes: str, reason: str, parameter: str = "") -> None:
    if kind != "any" and _shape(kind) not in shapes.split():
        raise Failure(reason, parameter)


def _inner(kind: Type) -> Type:
    """The type of whichever element of a value."""
    inside = elements(kind)
    return inside[0] if inside and all(one == inside[0] for one in inside) else "any"


def _merge(arguments: Arguments, kinds: list[Type]) -> Type:
    given = [kind for kind, argument in zip(kinds, arguments, strict=True) if argument is not None]
    for kind in given:
        if kind == "any":
            return "any"
        _require(kind, "map object", f'arguments must be maps or objects, got "{described(kind)}"')
    if not given:
        return "any"
    if all(kind == given[0] for kind in given):
        return given[0]
    if all(_shape(kind) == "object" for kind in given):
        return ("object", {name: inner for kind in given for name, inner in _fields(kind).items()})
    return "any"


def _fields(kind: Type) -> dict[str, Type]:
    match kind:
        case ("object", dict() as fields):
            return fields
        case _:
            return {}


def _coalesce(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    found = with_open(kinds)
    if found is None:
        raise Failure("all arguments must have the same type")
    return found


def _coalescelist(arguments: Arguments, kinds: list[Type]) -> Type:
    for argument, kind in zip(arguments, kinds, strict=True):
        if isinstance(argument, Later):
            return "any"
        _require(kind, "list tuple", "coalescelist arguments must be lists or tuples")
    return kinds[0] if kinds and all(kind == kinds[0] for kind in kinds) else "any"


def _concat(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    for kind in kinds:
        reason = f"all arguments must be lists or tuples; got {described(kind)}"
        _require(kind, "list tuple", reason, "seqs")
    if kinds and all(_shape(kind) == "list" for kind in kinds):
        element = unify(map(_inner, kinds))
        return "any" if element is None else ("list", element)
    if all(_shape(kind) == "tuple" for kind in kinds):
        return ("tuple", tuple(inner for kind in kinds for inner in elements(kind)))
    return "any"


def _reverse(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    reason = f"can only reverse list or tuple values, not {described(kinds[0])}"
    _require(kinds[0], "list set tuple", reason, "list")
    if _shape(kinds[0]) == "tuple":
        return ("tuple", tuple(reversed(elements(kinds[0]))))
    return "any" if kinds[0] == "any" else ("list", _inner(kinds[0]))


def _slice(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    if _shape(kinds[0]) == "set":
        reason = "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the "
        raise Failure(f"{reason}ordering of the result is not important", "list")
    _require(kinds[0], "list tuple", "must be a list or tuple value", "list")
    return kinds[0] if _shape(kinds[0]) == "list" else "any"


def _element(arguments: Arguments, kinds: list[Type]) -> Type:
    _require(kinds[0], "list tuple", f"cannot read elements from {described(kinds[0])}")
    if _shape(kinds[0]) != "tuple" or isinstance(arguments[1], Later):
        return _inner(kinds[0])
    place = whole(cast("float", arguments[1]), before="invalid index: ")
    inside = elements(kinds[0])
    if not inside:
        raise Failure("cannot use element function with an empty list")
    return inside[place % len(inside)]


def _one(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    reason = "must be a list, set, or tuple value with either zero or one elements"
    _require(kinds[0], "list set tuple", reason, "list")
    if _shape(kinds[0]) == "tuple" and len(elements(kinds[0])) > 1:
        raise Failure(reason, "list")
    return _inner(kinds[0])


def _length(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    reason = "argument must be a string, a collection type, or a structural type"
    _require(kinds[0], "string list set tuple map object", reason)
    return "number"


def _keys(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    _require(kinds[0], "map object", "must have map or object type", "inputMap")
    match kinds[0]:
        case ("object", dict() as fields):
            return ("tuple", ("string",) * len(fields))
        case ("map", _):
            return ("list", "string")
        case _:
            return "any"


def _values(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    _require(kinds[0], "map object", "values() requires a map as the first argument")
    match kinds[0]:
        case ("object", dict() as fields):
            return ("tuple", tuple(fields[name] for name in sorted(fields)))
        case ("map", inner):
            return ("list", inner)
        case _:
            return "any"


def _lookup(arguments: Arguments, kinds: list[Type]) -> Type:
    if len(arguments) > 3:
        raise Failure(f"lookup() takes two or three arguments, got {len(arguments)}")
    _require(kinds[0], "map object", "lookup() requires a map as the first argument", "inputMap")
    match kinds[0], arguments[1]:
        case ("object", dict() as fields), str(key):
            return fields[key] if key in fields else kinds[2] if len(kinds) > 2 else "any"
    if _shape(kinds[0]) != "map" or (isinstance(arguments[0], TerraformMap) and not arguments[0]):
        return "any"
    if len(kinds) > 2 and not converts(kinds[2], _inner(kinds[0])):
        raise Failure("the default value must have the same type as the map elements", "default")
    return _inner(kinds[0])


def _zipmap(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    _require(kinds[1], "list tuple", "values argument must be a list or tuple value")
    return ("map", _inner(kinds[1])) if _shape(kinds[1]) == "list" else "any"


def _setproduct(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    if len(kinds) < 2:
        raise Failure("at least two arguments are required")
    for kind in kinds:
        _require(kind, "list set tuple", "a set or a list is required", "sets")
    return "any"


def _sets(arguments: Arguments, kinds: list[Type]) -> Type:
    # What is empty goes with every other set.
    given = zip(kinds, arguments, strict=True)
    inside = [_inner(kind) for kind, argument in given if isinstance(argument, Later) or argument]
    element = with_open(inside)
    if element is None:
        raise Failure("given sets must all have compatible element types")
    return ("set", element)


def _same(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    return kinds[0]


def _chunks(arguments: Arguments, kinds: list[Type]) -> Type:
    del arguments
    return ("list", kinds[0])


def _converted(wanted: Type) -> Callable[[Arguments, list[Type]], Type]:
    def find(arguments: Arguments, kinds: list[Type]) -> Type:
        del arguments
        if not converts(kinds[0], wanted):
            raise Failure(f"cannot convert {described(kinds[0])} to {described(wanted)}", "v")
        match wanted:
            case (shape, _):
                element = unify(elements(kinds[0]))
                return (shape, "any" if element is None else element)
            case _:
                return wanted

    return find


_FOUND: dict[str, Callable[[Arguments, list[Type]], Type]] = {
    "chunklist": _chunks,
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "concat": _concat,
    "distinct": _same,
    "element": _element,
    "keys": _keys,
    "length": _length,
    "lookup": _lookup,
    "matchkeys": _same,
    "merge": _merge,
    "nonsensitive": _same,
    "one": _one,
    "reverse": _reverse,
    "sensitive": _same,
    "setintersection": _sets,
    "setproduct": _setproduct,
    "setsubtract": _sets,
    "setunion": _sets,
    "slice": _slice,
    "tobool": _converted("bool"),
    "tolist": _converted(("list", "any")),
    "tomap": _converted(("map", "any")),
    "tonumber": _converted("number"),
    "toset": _converted(("set", "any")),
    "tostring": _converted("string"),
    "values": _values,
    "zipmap": _zipmap,
}
