"""Expressions that Terraform refuses when it evaluates them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.references import CALL, Use, uses
from onetake.frontends.terraform.syntax.nodes import Attribute, Index, Literal, Node, Variable
from onetake.model.language import Truth
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program

INSTANCES = 50
"""Instances of one block whose arguments are all evaluated for this; the others are, where a rule asks."""
PLANNED = "plan"
_FUNCTION = "terraform-invalid-function-call"
_LOOP = "terraform-invalid-for"
_CONDITIONAL = "terraform-invalid-conditional"
_INDEX = "terraform-invalid-index"
_RULES = {
    "Unsupported attribute": "terraform-missing-attribute",
    "Attempt to get attribute from null value": "terraform-missing-attribute",
    "Invalid index": _INDEX,
    "Attempt to index null value": _INDEX,
    "Invalid operand": "terraform-invalid-operand",
    "Operation failed": "terraform-invalid-operand",
    "Invalid template interpolation value": "terraform-invalid-template-value",
    "Null condition": _CONDITIONAL,
    "Incorrect condition type": _CONDITIONAL,
    "Inconsistent conditional result types": _CONDITIONAL,
    "Iteration over null value": _LOOP,
    "Iteration over non-iterable value": _LOOP,
    "Condition is null": _LOOP,
    "Invalid 'for' condition": _LOOP,
    "Invalid object key": _LOOP,
    "Duplicate object key": _LOOP,
    "Null value as key": "terraform-invalid-object-key",
    "Incorrect key type": "terraform-invalid-object-key",
    "Call to unknown function": "terraform-unknown-function",
    "Unknown provider function": "terraform-unknown-function",
}
_INSIDE = frozenset({"Unsupported attribute", "Invalid index"})


def mistakes(program: Program, modules: Sequence[Module]) -> Iterator[Mistake]:
    """What evaluating everything once comes upon."""
    for module in modules:
        if not module.configuration.broken:
            _evaluate(module)
    seen: set[tuple[Span, str]] = set()
    for module, failure, node, where in program.refusals:
        if module.configuration.broken or module.configuration.partial:
            continue
        if failure.summary in _INSIDE and not failure.sure and _of_provider(module, node, where):
            continue
        if _may_not_exist(module, where):
            continue  # what decides that often guards the expression, too
        mistake = _mistake(module, failure, node, where)
        if mistake.stage == PLANNED and program.library:
            continue
        key = (mistake.where, mistake.summary)
        if key not in seen:
            seen.add(key)
            yield mistake


def _of_provider(module: Module, node: Node, where: Span) -> bool:
    """Whether some of what ``node`` looks into comes from a resource, whose provider adds what nobody wrote."""
    found = set(leads(module, node))
    if "resource" in found or "module" in found:
        return True
    block = _block(module, where) if "each" in found else None
    repeated = [block.fields[name] for name in ("count", "for_each") if name in block.fields] if block else []
    return any("resource" in leads(module, one) or "module" in leads(module, one) for one in repeated)


def _block(module: Module, where: Span) -> Declaration | None:
    """The block that ``where`` lies in."""
    match where.path:
        case ("module", str() as name, *_):
            return module.configuration.calls.get(name)
        case _:
            return module.configuration.resources.get(owner(module, where).removeprefix(module.prefix))


def _may_not_exist(module: Module, where: Span) -> bool:
    """Whether nobody knows that there is an instance of the block that ``where`` lies in."""
    if module.exists is not Truth.YES:
        return True
    block = _block(module, where)
    if block is None or not _repeated(block) or {"count", "for_each"} & set(where.path[2:4]):
        return False
    try:
        expanded = module.child(block.name) if block.kind == "module" else module.expansion(block.name)
    except Failure:
        return True
    return expanded is not None and expanded.kind == "unknown"


def defaulted(module: Module, node: Node, *, only_null: bool = False) -> str:
    """The question whether a variable of the root, which ``node`` leads to, keeps its default; empty if none has to.

    A default of null nearly always stands for a value that is given where the program is deployed.
    """
    for here, use in _followed(module, node):
        if use[0] != "var" or here.call is not None or len(use) < 2 or use[1] in here.program.inputs:
            continue
        block = here.configuration.variables.get(use[1])
        default = block.fields.get("default") if block is not None else None
        if default is not None and (not only_null or getattr(default, "value", default) is None):
            return f"Does var.{use[1]} keep its default where this is deployed?"
    return ""


def _evaluate(module: Module) -> None:
    """Evaluate what nobody may ever ask for: values are kept, so that those who ask later find them."""
    configuration = module.configuration
    for name, (node, _) in configuration.locals.items():
        if risky(node):
            _quietly(module.local, name)
    for name, block in configuration.outputs.items():
        value = block.fields.get("value")
        if value is not None and risky(value):
            _quietly(module.output, name)
    for name, block in configuration.resources.items():
        names = [field for field, node in block.fields.items() if risky(node)]
        if names:
            _arguments(module, name, names)


def _arguments(module: Module, name: str, fields: Iterable[str]) -> None:
    try:
        expanded = module.expansion(name)
    except Failure:
        return
    for _, one in zip(range(INSTANCES), expanded.members.values(), strict=False):
        for field in fields:
            if field in one.arguments:
                one.arguments.get(field)


def _quietly(ask: Callable[[str], object], name: str) -> None:
    with contextlib.suppress(Failure):
        ask(name)


def risky(node: Node) -> bool:
    """Whether evaluating ``node`` may find a mistake that its names alone do not show."""
    indexed = False
    while isinstance(node, (Attribute, Index)):
        indexed = indexed or isinstance(node, Index)
        node = node.subject
    plain = isinstance(node, Variable) and not indexed and node.name not in ("local", "var", "module", "each", "count")
    return not isinstance(node, Literal) and not plain


def _mistake(module: Module, failure: Failure, node: Node, where: Span) -> Mistake:
    rule = "terraform-file-missing" if failure.missing else _RULES.get(failure.summary, _FUNCTION)
    mistake = Mistake(rule, failure.summary, str(failure), exactly(where, failure.at or (node.start, node.end)))
    mistake.exact = failure.exact
    mistake.resource = owner(module, where)
    if planned(module, node):
        mistake.stage = PLANNED
        mistake.condition = defaulted(module, node, only_null=True)
    if failure.missing:
        mistake.severity = "medium"
        mistake.condition = f"Is {failure.missing} written before Terraform runs?"
    return mistake


def owner(module: Module, where: Span) -> str:
    """The address of the resource that ``where`` lies in, without instance keys."""
    match where.path:
        case ("resource", str() as kind, str() as name, *_):
            return f"{module.prefix}{kind}.{name}"
        case ("data", str() as kind, str() as name, *_):
            return f"{module.prefix}data.{kind}.{name}"
        case _:
            return ""


def planned(module: Module, node: Node) -> bool:
    """Whether Terraform meets the mistake only in a plan: variables of the root have no values before."""
    return any(True for _ in leads(module, node))


def leads(module: Module, node: Node) -> Iterator[str]:
    """What of that which only a plan knows ``node`` leads to: ``var``, ``each``, ``resource`` or ``module``."""
    for here, use in _followed(module, node):
        match use:
            case ("each" | "count", *_):
                yield "each"
            case ("var", *_):
                if here.call is None or here.parent is None:
                    yield "var"
            case ("local", *_):
                continue
            case ("module", name, *_) if name in here.configuration.calls:
                if _repeated(here.configuration.calls[name]) or not here.child(name):
                    yield "module"
            case ("data", *_):
                yield "resource"
            case (kind, name, *_) if f"{kind}.{name}" in here.configuration.resources:
                yield "resource"
            case _:
                continue


def _followed(module: Module, node: Node) -> Iterator[tuple[Module, Use]]:
    """Every name that ``node`` leads to, through locals, arguments of modules and outputs, each with its module."""
    seen: set[tuple[str, Use]] = set()
    pending: list[tuple[Module, Use]] = [(module, use) for use in uses((node,))]
    while pending:
        here, use = pending.pop()
        if use[0] == CALL or (here.path, use[:3]) in seen:
            continue
        seen.add((here.path, use[:3]))
        yield here, use
        match use:
            case ("var", name, *_) if here.call is not None and here.parent is not None:
                given = here.call.fields.get(name)
                pending += [(here.parent, inner) for inner in uses((given,))] if given is not None else []
            case ("local", name, *_) if name in here.configuration.locals:
                pending += [(here, inner) for inner in uses((here.configuration.locals[name][0],))]
            case ("module", name, *rest) if name in here.configuration.calls:
                pending += _of_output(here, name, rest)
            case _:
                continue


def _repeated(block: Declaration) -> bool:
    return "count" in block.fields or "for_each" in block.fields


def _of_output(here: Module, name: str, rest: Sequence[str]) -> list[tuple[Module, Use]]:
    try:
        children = here.child(name)
    except Failure:
        return []
    child = children.sole if children else None
    block = child.configuration.outputs.get(rest[0]) if child and rest else None
    node = block.fields.get("value") if block else None
    return [(child, use) for use in uses((node,))] if child and node is not None else []
