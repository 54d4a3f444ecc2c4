"""Names that mean nothing where they stand, in Terraform's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.engines import aliases, sources
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.providing import named
from onetake.frontends.terraform.references import CALL, EACH, Use, uses
from onetake.frontends.terraform.syntax.nodes import Literal, Node, Object, Tuple
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

Refusal = tuple[str, str, str]
"""Rule, summary, detail."""
_UNDECLARED = "terraform-undeclared-reference"
_INVALID = "terraform-invalid-reference"
_NO_ATTRIBUTE = "terraform-missing-attribute"


def mistakes(module: Module) -> Iterator[Mistake]:
    """Everything in a module's expressions that names what is not there."""
    configuration = module.configuration
    for declarations in (configuration.resources, configuration.calls, configuration.outputs, configuration.providers):
        for block in declarations.values():
            yield from _in_block(block, module)
    yield from _without_provider(module)
    for node, where in configuration.locals.values():
        if not isinstance(node, Literal):
            yield from _in_field(uses((node,)), node, where, None, module)


def _in_block(block: Declaration, module: Module) -> Iterator[Mistake]:
    # Provisioners know names of their own (self, and keywords that stand alone).
    for name, used in block.uses.items():
        if name not in ("provisioner", "connection"):
            yield from _in_field(used, block.fields[name], block.where / name, block, module)
    for number, use in enumerate(ordered_after(block)):
        if use[0] not in ("module", "var", "local", "each", "count"):
            refusal = _resource(use, block, module, indexed=False)
            if refusal:
                yield Mistake(*refusal, block.where / "depends_on" / number, block.name)


def _without_provider(module: Module) -> Iterator[Mistake]:
    """Resources of the root under an alias that no provider block has."""
    known: Collection[str] = module.configuration.providers
    # A folder without any provider block is a module that others call, and gets its providers from them.
    if module.parent is not None or not known:
        return
    known = {*known, *aliases(module.configuration)}
    for name, block in module.configuration.resources.items():
        chosen = named(block.fields.get("provider"))
        if "." in chosen and chosen not in known:
            base, _, alias = chosen.partition(".")
            detail = (
                f"To work with {name} its original provider configuration at "
                f'provider["registry.terraform.io/{_source(base, module)}"].{alias} is required, but it has been '
                "removed. This occurs when a provider configuration is removed while objects created by that provider "
                f"still exist in the state. Re-add the provider configuration to destroy {name}, after which you can "
                "remove the provider configuration again."
            )
            where = block.where / "provider"
            yield Mistake("terraform-provider-missing", "Provider configuration not present", detail, where, name)


def _source(name: str, module: Module) -> str:
    return sources(module.configuration).get(name, f"hashicorp/{name}")


def ordered_after(block: Declaration) -> list[Use]:
    """What ``depends_on`` names, as it is written."""
    from onetake.frontends.terraform.dependencies import written

    return written(block.fields.get("depends_on"))


def _in_field(
    used: Iterable[Use], node: Node, where: Span, block: Declaration | None, module: Module
) -> Iterator[Mistake]:
    for use in sorted(used):
        refusal = _refusal(use, block, module)
        if refusal:
            resource = module.prefix + block.name if block is not None and block.kind in ("resource", "data") else ""
            yield Mistake(*refusal, _closest(use, node, where), resource)


def _closest(use: Use, node: Node, where: Span) -> Span:
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


def _refusal(use: Use, block: Declaration | None, module: Module) -> Refusal | None:
    root, *rest = use
    match root:
        case "var":
            return _variable(rest, module)
        case "local":
            return _local(rest, module)
        case "module":
            return _module(rest, module)
        case "each" | "count":
            return _repeated(root, rest, block)
        case "path" | "terraform" | "tofu" | "self" | "ephemeral":
            return None
        case _ if root == CALL:
            return _function(rest[0])
        case _:
            return _resource(use, block, module, indexed=True)


def suggestion(name: str, known: Iterable[str]) -> str:
    """The one of ``known`` that somebody who wrote ``name`` may have meant."""
    return next((other for other in sorted(known) if _distance(name, other) < 3), "")


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance; 3 stands for all that is farther."""
    if abs(len(one) - len(other)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        previous, row[0] = row[0], place
        for column, against in enumerate(other, 1):
            previous, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, previous + (sign != against))
    return row[-1]


def _direct(root: str) -> Refusal:
    detail = f'The "{root}" object cannot be accessed directly. Instead, access one of its attributes.'
    return _INVALID, "Invalid reference", detail


def _variable(rest: list[str], module: Module) -> Refusal | None:
    if not rest or rest[0] == EACH:
        return _direct("var")
    if rest[0] in module.configuration.variables:
        return None
    meant = suggestion(rest[0], module.configuration.variables)
    hint = (
        f'Did you mean "{meant}"?'
        if meant
        else f'This variable can be declared with a variable "{rest[0]}" {{}} block.'
    )
    detail = f'An input variable with the name "{rest[0]}" has not been declared. {hint}'
    return _UNDECLARED, "Reference to undeclared input variable", detail


def _local(rest: list[str], module: Module) -> Refusal | None:
    if not rest or rest[0] == EACH:
        return _direct("local")
    if rest[0] in module.configuration.locals:
        return None
    meant = suggestion(rest[0], module.configuration.locals)
    hint = f' Did you mean "{meant}"?' if meant else ""
    detail = f'A local value with the name "{rest[0]}" has not been declared.{hint}'
    return _UNDECLARED, "Reference to undeclared local value", detail


def _module(rest: list[str], module: Module) -> Refusal | None:
    if not rest or rest[0] == EACH:
        return _direct("module")
    name, *steps = rest
    calls = module.configuration.calls
    if name not in calls:
        meant = suggestion(name, calls)
        hint = f' Did you mean "{meant}"?' if meant else ""
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


def _function(name: str) -> Refusal | None:
    from onetake.frontends.terraform.functions import names

    plain = name.removeprefix("core::")
    if plain in ("try", "can") or plain in names() or "::" in name:
        return None
    meant = suggestion(plain, (known for known in names() if "::" not in known))
    hint = f' Did you mean "{meant}"?' if meant else ""
    return "terraform-unknown-function", "Call to unknown function", f'There is no function named "{name}".{hint}'


def _resource(use: Use, block: Declaration | None, module: Module, *, indexed: bool) -> Refusal | None:
    data = use[0] == "data"
    steps = use[1:] if data else use
    if len(steps) < 2 or EACH in steps[:2]:
        detail = (
            'The "data" object must be followed by two attribute names: the data source type and the resource name.'
            if data
            else "A reference to a resource type must be followed by at least one attribute access, specifying the "
            "resource name."
        )
        return _INVALID, "Invalid reference", detail
    kind, name, *rest = steps
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
