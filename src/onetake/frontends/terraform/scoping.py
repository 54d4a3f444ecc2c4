"""Names that mean nothing where they stand, in Terraform's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.function_names import Refusal, unknown_function
from onetake.frontends.terraform.missing_providers import missing_providers
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.places import named as named_at
from onetake.frontends.terraform.references import CALL, EACH, IN_BRANCH, Use, uses
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import Literal, Node, Object, Tuple
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

_OWN_DATA = ("check", "data")
_UNDECLARED = "terraform-undeclared-reference"
_INVALID = "terraform-invalid-reference"
_NO_ATTRIBUTE = "terraform-missing-attribute"


def mistakes(module: Module) -> Iterator[Mistake]:
    """Everything in a module's expressions that names what is not there."""
    configuration = module.configuration
    for declarations in (
        configuration.resources,
        configuration.calls,
        configuration.outputs,
        configuration.providers,
        configuration.variables,
    ):
        for block in declarations.values():
            yield from _in_block(block, module)
    for block in configuration.others:
        if block.kind in ("check", "ephemeral"):
            yield from _in_block(block, module)
    yield from missing_providers(module)
    for node, where in configuration.locals.values():
        if not isinstance(node, Literal):
            yield from _in_field(uses((node,)), node, where, None, module)


def _in_block(block: Declaration, module: Module) -> Iterator[Mistake]:
    for name, used in block.uses.items():
        # Keywords stand alone in provisioners, and data sources in checks are their own.
        known = {use for use in used if (name, len(use)) != ("provisioner", 1) and (block.kind, use[0]) != _OWN_DATA}
        yield from _in_field(known, block.fields[name], block.where / name, block, module)
    node = block.fields.get("depends_on")
    for number, use in enumerate(ordered_after(block)):
        if use[0] not in ("var", "local", "each", "count", CALL):
            refusal = _ordering(use, block, module)
            if refusal:
                place = block.where / "depends_on" / number
                at = named_at(node, use) if node is not None else None
                yield Mistake(*refusal, exactly(place, at) if at else place, block.name)


def _ordering(use: Use, block: Declaration, module: Module) -> Refusal | None:
    if use[0] == "module":
        return _alone(use) or _module(list(use[1:2]), module)
    return _too_short(use) or _resource(use, block, module, indexed=False)


def ordered_after(block: Declaration) -> list[Use]:
    """What ``depends_on`` names, as it is written."""
    from onetake.frontends.terraform.dependencies import written

    return written(block.fields.get("depends_on"))


def _in_field(
    used: Iterable[Use], node: Node, where: Span, block: Declaration | None, module: Module
) -> Iterator[Mistake]:
    for use in sorted(used):
        refusal = _self(node, block, where) if use[0] == "self" else _refusal(use, block, module)
        if refusal:
            resource = module.prefix + block.name if block is not None and block.kind in ("resource", "data") else ""
            at = named_at(node, use)
            if at and refusal[0] == _NO_ATTRIBUTE:
                at = at[1] - len(use[-1]) - 1, at[1]
            place = closest(use, node, where)
            yield Mistake(*refusal, exactly(place, at) if at else place, resource)


def in_expression(node: Node, module: Module) -> Refusal | None:
    """The first thing in an expression of ``module``, outside of all blocks, that names what is not there."""
    found = (
        _self(node, None, Span("")) if use[0] == "self" else _refusal(use, None, module) for use in _in_order(node)
    )
    return next((refusal for refusal in found if refusal), None)


def standing_alone(node: Node) -> tuple[str, Refusal] | None:
    """The first name in an expression that means nothing in any module, and why: a function or a name alone."""
    for use in _in_order(node):
        refusal = _called(use, None) if use[0] == CALL else _alone(use)
        if refusal is not None:
            return use[1 if use[0] == CALL else 0], refusal
    return None


def _in_order(node: Node) -> list[Use]:
    """What an expression names, functions last."""
    return sorted(uses((node,)), key=lambda use: (use[0] == CALL, use))


def closest(use: Use, node: Node, where: Span) -> Span:
    """The innermost argument in ``node`` that holds ``use``."""
    while True:
        inner: Iterable[tuple[str | int, Node]] = ()
        if isinstance(node, Object):
            inner = [(str(key.value), item) for key, item in node.items if isinstance(key, Literal)]
        elif isinstance(node, Tuple):
            inner = enumerate(node.items)
        found = next(((key, item) for key, item in inner if use in uses((item,))), None)
        if found is None:
            return where
        where, node = where / found[0], found[1]


def _self(node: Node, block: Declaration | None, where: Span) -> Refusal | None:
    """``self`` is known to provisioners, connections and postconditions alone."""
    if block is not None and block.kind in ("resource", "data", "ephemeral"):
        if where.path[-1] in ("provisioner", "connection"):
            return None
        inside = (
            [node]
            if where.path[-1] != "lifecycle"
            else [item for name, item in _fields(node) if name != "postcondition"]
        )
        if not any(use[0] == "self" for use in uses(inside)):
            return None
    detail = (
        'The "self" object is not available in this context. This object can be used only in resource provisioner, '
        "connection, and postcondition blocks."
    )
    return _INVALID, 'Invalid "self" reference', detail


def _fields(node: Node) -> Iterator[tuple[str, Node]]:
    """The arguments and blocks inside of blocks."""
    for block in node.items if isinstance(node, Tuple) else (node,):
        for key, item in block.items if isinstance(block, Object) else ():
            if isinstance(key, Literal):
                yield str(key.value), item


def _refusal(use: Use, block: Declaration | None, module: Module) -> Refusal | None:
    if use[0] == CALL:
        return _called(use, module)
    return _alone(use) or _declared(use, block, module)


def _called(use: Use, module: Module | None) -> Refusal | None:
    return None if IN_BRANCH in use else unknown_function(use[1], module)


def _declared(use: Use, block: Declaration | None, module: Module) -> Refusal | None:
    """Why there is nothing of a name that goes on far enough."""
    root, *rest = use
    match root:
        case "var":
            return _variable(rest, module)
        case "local":
            return _local(rest, module)
        case "module":
            return _module(rest, module)
        case "each" | "count" | "path" | "terraform" | "tofu":
            return _fixed(root, rest, block)
        case _ if root in _RESERVED:
            detail = (
                f'The symbol name "{root}" is reserved for use in a future Terraform version. If you are using a '
                'provider that already uses this as a resource type name, add the prefix "resource." to force '
                "interpretation as a resource type name."
            )
            return _INVALID, "Reserved symbol name", detail
        case _:
            return _resource(use, block, module, indexed=True)


_RESERVED = ("template", "lazy", "arg")


def _fixed(root: str, rest: list[str], block: Declaration | None) -> Refusal | None:
    """Names with attributes that the language itself decides."""
    known, more = _ATTRIBUTES[root]
    if rest[0] not in known:
        detail = f'The "{root}" object does not have an attribute named "{rest[0]}".{more}'
        if (root, rest[0]) == ("terraform", "env"):
            detail = (
                'The terraform.env attribute was deprecated in v0.10 and removed in v0.12. The "state environment" '
                'concept was renamed to "workspace" in v0.12, and so the workspace name can now be accessed using the '
                "terraform.workspace attribute."
            )
        return _INVALID, f'Invalid "{root}" attribute', detail
    return _repeated(root, rest, block) if root in ("each", "count") else None


_WORKSPACE = (
    "The only supported attributes are terraform.workspace, the name of the currently-selected workspace, and "
    "terraform.applying, a boolean which is true only during apply."
)
_ATTRIBUTES = {
    "path": (("cwd", "module", "root"), ""),
    "terraform": (("workspace", "applying"), f" {_WORKSPACE}"),
    "tofu": (("workspace", "applying"), f" {_WORKSPACE}"),
    "each": (
        ("key", "value"),
        " The supported attributes are each.key and each.value, the current key and value pair of the "
        '"for_each" attribute set.',
    ),
    "count": (
        ("index",),
        " The only supported attribute is count.index, which is the index of each instance of a resource block "
        'that has the "count" argument set.',
    ),
}


def _variable(rest: list[str], module: Module) -> Refusal | None:
    if rest[0] in module.configuration.variables:
        return None
    near = meant(rest[0], sorted(module.configuration.variables))
    hint = (
        f'Did you mean "{near}"?' if near else f'This variable can be declared with a variable "{rest[0]}" {{}} block.'
    )
    detail = f'An input variable with the name "{rest[0]}" has not been declared. {hint}'
    return _UNDECLARED, "Reference to undeclared input variable", detail


def _local(rest: list[str], module: Module) -> Refusal | None:
    if rest[0] in module.configuration.locals:
        return None
    near = meant(rest[0], sorted(module.configuration.locals))
    hint = f' Did you mean "{near}"?' if near else ""
    detail = f'A local value with the name "{rest[0]}" has not been declared.{hint}'
    return _UNDECLARED, "Reference to undeclared local value", detail


def _module(rest: list[str], module: Module) -> Refusal | None:
    name, *steps = rest
    calls = module.configuration.calls
    if name not in calls:
        near = meant(name, sorted(calls))
        hint = f' Did you mean "{near}"?' if near else ""
        detail = f'No module call named "{name}" is declared in {_here(module)}.{hint}'
        return _UNDECLARED, "Reference to undeclared module", detail
    try:
        children = module.child(name)
    except Failure:
        return None
    repeated = "count" in calls[name].fields or "for_each" in calls[name].fields
    child = next(iter(children.members.values()), None) if children else None
    if child is None or child.configuration.broken:
        return None
    if repeated:
        steps = steps[1:] if steps[:1] == [EACH] else []
    output = steps[0] if steps else ""
    if not output or output == EACH or output in child.configuration.outputs:
        return None
    return _NO_ATTRIBUTE, "Unsupported attribute", f'This object does not have an attribute named "{output}".'


def _repeated(root: str, rest: list[str], block: Declaration | None) -> Refusal | None:
    wanted = "for_each" if root == "each" else "count"
    repeatable = block is not None and block.kind in ("resource", "data", "module")
    if repeatable and block is not None and wanted in block.fields:
        return None
    if root == "count":
        return (
            _INVALID,
            'Reference to "count" in non-counted context',
            'The "count" object can only be used in "module", "resource", and "data" blocks, and only when the "count" '
            "argument is set.",
        )
    if rest[:1] == ["value"]:
        return (
            _INVALID,
            "each.value cannot be used in this context",
            'A reference to "each.value" has been used in a context in which it is unavailable, such as when the '
            'configuration no longer contains the value in its "for_each" expression. Remove this reference to '
            "each.value in your configuration to work around this error.",
        )
    return (
        _INVALID,
        'Reference to "each" in context without for_each',
        'The "each" object can be used only in "module" or "resource" blocks, and only when the "for_each" argument is '
        "set.",
    )


def _resource(use: Use, block: Declaration | None, module: Module, *, indexed: bool) -> Refusal | None:
    data, ephemeral = use[0] == "data", use[0] == "ephemeral"
    kind, name, *rest = use[1:] if data or ephemeral else use
    if ephemeral:
        known = (block.labels for block in module.configuration.others if block.kind == "ephemeral")
        if (kind, name) in known:
            return None
        detail = f'An ephemeral resource "{kind}" "{name}" has not been declared in {_here(module)}.'
        return _UNDECLARED, "Reference to undeclared resource", detail
    declared = module.configuration.resources
    address = f"data.{kind}.{name}" if data else f"{kind}.{name}"
    found = declared.get(address)
    if found is None:
        mode = "data" if data else "managed"
        detail = f'A {mode} resource "{kind}" "{name}" has not been declared in {_here(module)}.'
        if not data and f"data.{address}" in declared:
            detail += f"\n\nDid you mean the data resource data.{address}?"
        return _UNDECLARED, "Reference to undeclared resource", detail
    return _key(address, found, rest) if indexed and found is not block else None


def _alone(use: Use) -> Refusal | None:
    """Why a name means nothing in any module: it is none of an attribute, or of a resource, but stops before."""
    root, *rest = use
    if root in ("var", "local", "module", *_ATTRIBUTES):
        if rest and rest[0] != EACH:
            return None
        detail = f'The "{root}" object cannot be accessed directly. Instead, access one of its attributes.'
        return _INVALID, "Invalid reference", detail
    return None if root in ("self", *_RESERVED) else _too_short(use)


def _too_short(use: Use) -> Refusal | None:
    steps = use[1:] if use[0] in ("data", "ephemeral") else use
    if len(steps) >= 2 and EACH not in steps[:2]:
        return None
    return _INVALID, "Invalid reference", _TOO_SHORT.get(use[0], _TOO_SHORT[""])


_TOO_SHORT = {
    "data": 'The "data" object must be followed by two attribute names: the data source type and the resource name.',
    "ephemeral": 'The "ephemeral" object must be followed by two attribute names: the ephemeral resource type and the '
    "resource name.",
    "": "A reference to a resource type must be followed by at least one attribute access, specifying the resource "
    "name.",
}


def _key(address: str, found: Declaration, rest: list[str]) -> Refusal | None:
    """An index where there is one instance, or none where there are several."""
    repeated = next((name for name in ("count", "for_each") if name in found.fields), "")
    if rest and rest[0] == EACH and not repeated:
        return (
            _INVALID,
            "Unexpected resource instance key",
            f'Because {address} does not have "count" or "for_each" set, references to it must not include an index '
            "key. Remove the bracketed index to refer to the single instance of this resource.",
        )
    if rest and rest[0] != EACH and repeated:
        key = "count.index" if repeated == "count" else "each.key"
        return (
            _INVALID,
            "Missing resource instance key",
            f'Because {address} has "{repeated}" set, its attributes must be accessed on specific instances.\n\nFor '
            f"example, to correlate with indices of a referring resource, use:\n    {address}[{key}]",
        )
    return None


def _here(module: Module) -> str:
    return module.path or "the root module"
