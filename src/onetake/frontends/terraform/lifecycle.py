"""Arguments that name resources without being evaluated: ``depends_on``, ``lifecycle``, ``provider``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Fields, Mistake
from onetake.frontends.terraform.engines import objects
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.references import CALL, uses
from onetake.frontends.terraform.syntax.nodes import Attribute, Index, Literal, Node, Template, Tuple, Variable
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

RULE, CONDITION = "terraform-invalid-reference", "terraform-invalid-condition"
_INIT = "init"
_STATIC = (
    "A single static variable reference is required: only attribute access and indexing with constant keys. No "
    "calculations, function calls, template expressions, etc are allowed here."
)
_NAMES_NOTHING = (
    "The condition expression must refer to at least one object from elsewhere in the configuration, or else its "
    "result would not be checking anything."
)
_MANAGED_ONLY = ("create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by")


def mistakes(module: Module) -> Iterator[Mistake]:
    """What is wrong with the references of a module's blocks that are not evaluated."""
    configuration = module.configuration
    for block in (*configuration.resources.values(), *configuration.calls.values(), *configuration.outputs.values()):
        # JSON writes references as texts.
        if block.where.file.endswith(".json"):
            continue
        yield from _depends_on(block, module)
        if block.kind in ("resource", "data"):
            yield from _provider(block)
            for fields, where in objects(block.fields.get("lifecycle"), block.where / "lifecycle"):
                yield from _lifecycle(fields, where, block, module)
        yield from _conditions(block.fields, block.where, ("precondition",))
    for block in configuration.variables.values():
        yield from _validation(block)


def _depends_on(block: Declaration, module: Module) -> Iterator[Mistake]:
    node = block.fields.get("depends_on")
    if node is None:
        return
    where = block.where / "depends_on"
    if not isinstance(node, Tuple):
        yield _mistake("Invalid expression", "A static list expression is required.", where, node)
        return
    for item in node.items:
        if not _static(item) and not isinstance(item, Literal):
            yield _mistake("Invalid expression", _STATIC, where, item)
        elif isinstance(item, Attribute) and _depth(item) > _whole(item) and not _of_module(item):
            detail = (
                "References in depends_on must be to a whole object (resource, etc), not to an attribute of an object."
            )
            found = _mistake("Invalid depends_on reference", detail, where, item)
            found.where = exactly(where, (item.subject.end, item.end))
            found.stage = ""
            yield found
    del module


def _provider(block: Declaration) -> Iterator[Mistake]:
    node = block.fields.get("provider")
    if node is None or isinstance(node, (Literal, Template)) or (_static(node) and _depth(node) < 2):
        return
    if isinstance(node, Index):
        return  # OpenTofu chooses among the instances of a provider like this
    detail = (
        "The provider argument requires a provider type name, optionally followed by a period and then a configuration "
        "alias."
    )
    found = _mistake("Invalid provider configuration reference", detail, block.where / "provider", node)
    yield found


def _lifecycle(fields: Fields, where: Span, block: Declaration, module: Module) -> Iterator[Mistake]:
    for name in _MANAGED_ONLY if block.kind == "data" else ():
        if name in fields:
            detail = (
                f'The lifecycle argument "{name}" is defined only for managed resources ("resource" blocks), and is '
                "not valid for data resources."
            )
            yield Mistake(
                "terraform-invalid-block", "Invalid data resource lifecycle argument", detail, where / name, stage=_INIT
            )
    if "ignore_changes" in fields:
        yield from _ignored(fields["ignore_changes"], where / "ignore_changes")
    if "replace_triggered_by" in fields:
        yield from _triggers(fields["replace_triggered_by"], where / "replace_triggered_by", module)
    yield from _conditions(fields, where, ("precondition", "postcondition"))


def _ignored(node: Node, where: Span) -> Iterator[Mistake]:
    if (isinstance(node, Variable) and node.name == "all") or (isinstance(node, Literal) and node.value == "all"):
        return
    if not isinstance(node, Tuple):
        yield _mistake("Invalid expression", "A static list expression is required.", where, node)
        return
    for item in node.items:
        if isinstance(item, Literal) and item.value == "*":
            detail = (
                'The ["*"] form of ignore_changes wildcard is was deprecated and is now invalid. Use "ignore_changes = '
                'all" to ignore changes to all attributes.'
            )
            found = _mistake("Invalid ignore_changes wildcard", detail, where, node)
            found.where = exactly(where, (node.start, node.end))
            yield found
        elif not _static(item) and not isinstance(item, Literal):
            yield _mistake("Invalid expression", _STATIC, where, item)


def _triggers(node: Node, where: Span, module: Module) -> Iterator[Mistake]:
    if not isinstance(node, Tuple):
        yield _mistake("Invalid expression", "A static list expression is required.", where, node)
        return
    summary = "Invalid replace_triggered_by expression"
    missing = "Missing resource reference in replace_triggered_by expression."
    for item in node.items:
        named = [use for use in uses((item,)) if use[0] != CALL]
        for use in named:
            if use[0] in ("var", "local", "module", "data", "path", "terraform", "self"):
                detail = "Only resources, count.index, and each.key may be used in replace_triggered_by."
                yield _mistake("Invalid reference in replace_triggered_by expression", detail, where, item)
                yield _mistake(summary, missing, where, item)
            elif len(use) > 1 and use[0] not in ("count", "each"):
                address = ".".join(use[:2])
                if address not in module.configuration.resources:
                    here = module.path or "the root module"
                    detail = f"A resource {address} has not been declared in {here}"
                    found = _mistake("Reference to undeclared resource", detail, where, item)
                    found.rule, found.stage = "terraform-undeclared-reference", "plan"
                    yield found
        if not named:
            yield _mistake(summary, missing, where, item)


def _conditions(fields: Fields, where: Span, kinds: tuple[str, ...]) -> Iterator[Mistake]:
    for kind in kinds:
        for inside, place in objects(fields.get(kind), where / kind):
            yield from _names_something(inside, place, kind)


def _validation(block: Declaration) -> Iterator[Mistake]:
    for fields, where in objects(block.fields.get("validation"), block.where / "validation"):
        node = fields.get("condition")
        yield from _names_something(fields, where, "validation")
        if node is not None and not any(use[:2] == ("var", block.name) for use in uses((node,))):
            name = block.name
            detail = f'The condition for variable "{name}" must refer to var.{name} in order to test incoming values.'
            found = _mistake("Invalid variable validation condition", detail, where / "condition", node)
            found.rule = CONDITION
            yield found


def _names_something(fields: Fields, where: Span, kind: str) -> Iterator[Mistake]:
    node = fields.get("condition")
    if node is not None and not any(use[0] != CALL for use in uses((node,))):
        found = _mistake(f"Invalid {kind} expression", _NAMES_NOTHING, where / "condition", node)
        found.rule = CONDITION
        yield found


def _mistake(summary: str, detail: str, where: Span, node: Node) -> Mistake:
    return Mistake(RULE, summary, detail, exactly(where, (node.start, node.end)), stage=_INIT)


def _static(node: Node) -> bool:
    """Whether it is a traversal with constant keys."""
    while isinstance(node, (Attribute, Index)):
        if isinstance(node, Index) and not isinstance(node.key, Literal):
            return False
        node = node.subject
    return isinstance(node, Variable)


def _depth(node: Node) -> int:
    """The steps of a traversal behind its first name, without indexes."""
    count = 0
    while isinstance(node, (Attribute, Index)):
        count += isinstance(node, Attribute)
        node = node.subject
    return count


def _root(node: Node) -> str:
    while isinstance(node, (Attribute, Index)):
        node = node.subject
    return node.name if isinstance(node, Variable) else ""


def _whole(node: Node) -> int:
    """How many steps name a whole object."""
    return 2 if _root(node) in ("data", "ephemeral", "resource") else 1


def _of_module(node: Node) -> bool:
    return _root(node) in ("module", "var", "local")
