"""Values of ``count`` and ``for_each`` that Terraform refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import supposed
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.places import opening as opening_of
from onetake.frontends.terraform.refusals import PLANNED, leads, owner
from onetake.frontends.terraform.syntax.nodes import Call, For, Literal, Node, Template, Tuple
from onetake.frontends.terraform.values import SetItems, number_in
from onetake.model.values import Absent, Known, Reference, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

RULE = "terraform-invalid-repetition"
_COUNT, _EACH = "Invalid count argument", "Invalid for_each argument"
_COMPUTED = ("id", "arn")
"""Attributes that are never known before a resource is created."""


def mistakes(block: Declaration, module: Module) -> Iterator[Mistake]:
    """What is wrong with the repetition of a block."""
    for name, judge in (("count", _count), ("for_each", _for_each)):
        node = block.fields.get(name)
        if node is None:
            continue
        found = judge(supposed(node, module.scope, block.where / name), node, module)
        if found is not None:
            summary, detail, exact = found
            at = opening_of(node) if summary == "Incorrect value type" else (node.start, node.end)
            where = exactly(block.where / name, at)
            mistake = Mistake(RULE, summary, detail, where, owner(module, where), exact=exact)
            if "depends on" in detail or "derived from resource" in detail or any(True for _ in leads(module, node)):
                mistake.stage = PLANNED
            if not (mistake.stage == PLANNED and module.program.library):
                yield mistake


_Found = tuple[str, str, bool] | None


def _count(value: Value[object], node: Node, module: Module) -> _Found:
    del node
    match value:
        case Absent():
            return _COUNT, 'The given "count" argument value is null. An integer is required.', True
        case Known(found):
            number = number_in(found)
            if number is None:
                reason = "a number is required" if isinstance(found, str) else "number required"
                return "Incorrect value type", f"Invalid expression value: {reason}.", True
            unsuitable = 'The given "count" argument value is unsuitable: '
            if number < 0:
                return _COUNT, f"{unsuitable}must be greater than or equal to zero.", True
            if number != int(number):
                whole = "value must be a whole number, between -9223372036854775808 and 9223372036854775807."
                return _COUNT, unsuitable + whole, True
        case Unknown() if _computed(value, module):
            return (
                _COUNT,
                'The "count" value depends on resource attributes that cannot be determined until apply, so Terraform '
                "cannot predict how many instances will be created. To work around this, use the -target argument to "
                "first apply only the resources that the count depends on.",
                True,
            )
    return None


def _for_each(value: Value[object], node: Node, module: Module) -> _Found:
    unsuitable = 'The given "for_each" argument value is unsuitable: '
    wanted = f'{unsuitable}the "for_each" argument must be a map, or set of strings, and you have provided a value of'
    match value:
        case Absent():
            null = 'the given "for_each" argument value is null. A map, or set of strings is allowed.'
            return _EACH, unsuitable + null, True
        case Known(SetItems() as items):
            return _set(items, module)
        case Known(tuple()):
            kind = _kind(node, module)
            if not kind and "resource" in leads(module, node):
                return None  # what a provider calls a set is a list where the program writes it
            return _EACH, f"{wanted} type {kind or 'tuple'}.", bool(kind)
        case Known(str() | bool() | int() | float() as found):
            kind = "bool" if isinstance(found, bool) else "string" if isinstance(found, str) else "number"
            return _EACH, f"{wanted} type {kind}.", True
        case Unknown(_, _, (Reference(_, ""),)) | Known(Mapping()):
            return None
        case _:
            return None


def _set(items: SetItems, module: Module) -> _Found:
    unsuitable = 'The given "for_each" argument value is unsuitable: '
    summary = "Invalid for_each set argument"
    if any(isinstance(item, Absent) for item in items):
        return summary, f'{unsuitable}"for_each" sets must not contain null values.', True
    for item in items:
        match item:
            case Known(str()):
                continue
            case Known(found):
                kind = {bool: "bool", int: "number", float: "number", tuple: "tuple"}.get(type(found), "object")
                why = (
                    f'"for_each" supports maps and sets of strings, but you have provided a set containing type {kind}.'
                )
                return summary, unsuitable + why, kind != "tuple"
            case Unknown() if _computed(item, module):
                return (
                    _EACH,
                    'The "for_each" set includes values derived from resource attributes that cannot be determined '
                    "until apply, and so Terraform cannot determine the full set of keys that will identify the "
                    "instances of this resource.\n\nWhen working with unknown values in for_each, it's better to use a "
                    "map value where the keys are defined statically in your configuration and where only the values "
                    "contain apply-time results.\n\nAlternatively, you could use the -target planning option to first "
                    "apply only the resources that the for_each value depends on, and then apply a second time to "
                    "fully converge.",
                    True,
                )
    return None


def _computed(value: Unknown, module: Module) -> bool:
    """Whether it is nothing but an attribute that a managed resource gets when it is created."""
    match value.parts:
        case (Reference(target, attribute),) if attribute in _COMPUTED:
            one = module.program.instances.get(target)
            return one is not None and one.block.kind == "resource" and attribute not in one.block.fields
        case _:
            return False


def _kind(node: Node, module: Module) -> str:
    """The type of what is surely a list or a tuple, in Terraform's words; empty where that is not sure."""
    match node:
        case Tuple():
            return "tuple"
        case For(key_result=None, text=False):
            return "tuple"
        case Call("concat", arguments) if all(isinstance(one, Tuple) for one in arguments):
            return "tuple"
        case Call("tolist", (Tuple(items),)) if items and all(_is_text(item) for item in items):
            return "list of string"
    from onetake.frontends.terraform.references import uses

    named = list(uses((node,)))
    match named:
        case [("local", name)] if name in module.configuration.locals:
            inner = module.configuration.locals[name][0]
            return _kind(inner, module) if inner is not node else ""
        case [("var", name)] if module.call is None and name in module.configuration.variables:
            block = module.configuration.variables[name]
            return "" if "type" in block.fields else _kind(block.fields.get("default", node), module)
        case _:
            return ""


def _is_text(node: Node) -> bool:
    return isinstance(node, Template) or (isinstance(node, Literal) and isinstance(node.value, str))
