"""Conditions that the program itself states, and that are known not to hold: validations, preconditions, checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.engines import objects
from onetake.frontends.terraform.evaluation import Failure, Scope, settle, supposed
from onetake.frontends.terraform.exposure import RULES
from onetake.frontends.terraform.marks import EPHEMERAL, SENSITIVE
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.references import uses
from onetake.frontends.terraform.refusals import PLANNED, defaulted, planned
from onetake.frontends.terraform.syntax.nodes import Node
from onetake.model.language import Truth
from onetake.model.values import Absent, Known, Reference, Span, Unknown

if TYPE_CHECKING:
    from onetake.frontends.terraform.instances import Instance
    from onetake.frontends.terraform.modules import Module

VALIDATION, CONDITION, CHECK = "terraform-validation-failed", "terraform-condition-failed", "terraform-check-failed"
_UNMARKING = {SENSITIVE: "nonsensitive", EPHEMERAL: "ephemeralasnull"}
_UNSHOWN = "This check failed, but has an invalid error message as described in the other accompanying messages."
_HIDDEN = "The error message included a sensitive value, so it will not be displayed."
_INSTANCES = 50
Fields = dict[str, Node]


def mistakes(module: Module) -> Iterator[Mistake]:
    """The conditions of a module that do not hold."""
    for block in module.configuration.variables.values():
        if "validation" in block.fields:
            yield from _validations(block, module)
    for name, block in module.configuration.resources.items():
        if "lifecycle" in block.fields:
            yield from _of_resource(name, block, module)
    for block in module.configuration.outputs.values():
        for fields, where in objects(block.fields.get("precondition"), block.where / "precondition"):
            yield from _condition("Module output value precondition failed", fields, where, module.scope, "")
    for block in module.configuration.others:
        if block.kind == "check" and "assert" in block.fields:
            yield from _of_check(block, module)


def _of_check(block: Declaration, module: Module) -> Iterator[Mistake]:
    """Assertions that do not hold: Terraform warns of them, and goes on."""
    for fields, where in objects(block.fields.get("assert"), block.where / "assert"):
        node = fields.get("condition")
        if node is None or any(use[0] == "data" for use in uses((node,))):
            continue  # a data source of the check's own is read in every plan
        for found in _condition("Check block assertion failed", fields, where, module.scope, ""):
            if found.summary == "Check block assertion failed":
                found.rule, found.severity, found.warning = CHECK, "medium", True
            found.condition = defaulted(module, node)
            if module.exists is Truth.YES:
                yield found


def _validations(block: Declaration, module: Module) -> Iterator[Mistake]:
    name = block.name
    try:
        value = module.variable(name)
    except Failure:
        return
    if isinstance(value, Unknown):
        return
    for fields, where in objects(block.fields.get("validation"), block.where / "validation"):
        node = fields.get("condition")
        if node is None:
            continue
        held = settle(node, module.scope, where / "condition")
        place, stage, question = _given(block, module)
        question = question or defaulted(module, node)
        match held:
            case Known(flag) if flag in (False, "false", "0"):
                message = _message(fields, module.scope, where, _HIDDEN)
                rule = _place(where, module)
                detail = f"{message}\n\nThis was checked by the validation rule at {rule}."
                found = Mistake(VALIDATION, "Invalid value for variable", detail, place, exact=bool(message))
                found.stage, found.condition = stage, question
                if not (question and module.program.library):
                    yield found
                    yield from _unshown(fields, where, module)
            case Known(flag) if flag not in (True, "true", "1"):
                reason = "a bool is required" if isinstance(flag, str) else "bool required"
                yield _no_answer(f"Invalid validation condition result value: {reason}.", node, where)
            case Absent():
                detail = "Validation condition expression must return either true or false, not null."
                yield _no_answer(detail, node, where)


def _no_answer(detail: str, node: Node, where: Span) -> Mistake:
    place = exactly(where / "condition", (node.start, node.end))
    return Mistake(VALIDATION, "Invalid variable validation result", detail, place, stage=PLANNED)


def _given(block: Declaration, module: Module) -> tuple[Span, str, str]:
    """Where a variable's value was given, when Terraform looks at it, and what would make it another."""
    name = block.name
    if module.call is not None:
        node = module.call.fields.get(name)
        if node is None or module.parent is None:
            return module.call.where, PLANNED, ""
        stage = PLANNED if planned(module.parent, node) else "validate"
        return exactly(module.call.where / name, (node.start, node.end)), stage, ""
    given = module.program.inputs.get(name)
    if given is None:
        return block.where, PLANNED, f"Does var.{name} get another value than its default where this is deployed?"
    data, where = given
    if isinstance(data, str):
        return block.where, PLANNED, ""
    return exactly(where, (getattr(data, "start", 0), getattr(data, "end", 0))), PLANNED, ""


def _message(fields: Fields, scope: Scope, where: Span, hidden: str) -> str:
    """What the program says of a condition; ``hidden`` where Terraform does not show that."""
    node = fields.get("error_message")
    if _mark(node, scope.module):
        return hidden
    found = supposed(node, scope, where) if node is not None else None
    return found.value if isinstance(found, Known) and isinstance(found.value, str) else ""


def _mark(message: Node | None, module: Module) -> str:
    """The mark of an error message, which is not shown then."""
    marked = module.program.exposure.marked
    return next((one for one in (SENSITIVE, EPHEMERAL) if message is not None and marked(one, message, module)), "")


def _unshown(fields: Fields, where: Span, module: Module) -> Iterator[Mistake]:
    """What Terraform has against the message of a validation."""
    node = fields.get("error_message")
    mark = _mark(node, module)
    if mark and node is not None:
        detail = (
            f"The error expression used to explain this condition refers to {mark} values. Terraform will not display "
            f"the resulting message.\n\nYou can correct this by removing references to {mark} values, or by carefully "
            f"using the {_UNMARKING[mark]}() function if the expression will not reveal the {mark} data."
        )
        at = exactly(where / "error_message", (node.start, node.end))
        yield Mistake(RULES[mark], f"Error message refers to {mark} values", detail, at, stage=PLANNED)


def _place(where: Span, module: Module) -> str:
    source = module.configuration.sources.get(where.file)
    found = source.locate(where.path) if source else None
    return f"{where.file}:{found.line},{found.column}-{found.end_column}" if found else where.file


def _of_resource(name: str, block: Declaration, module: Module) -> Iterator[Mistake]:
    stated = [
        (kind, fields, where)
        for lifecycle, place in objects(block.fields.get("lifecycle"), block.where / "lifecycle")
        for kind in ("precondition", "postcondition")
        for fields, where in objects(lifecycle.get(kind), place / kind)
    ]
    if not stated:
        return
    try:
        members = list(module.expansion(name).members.values())[:_INSTANCES]
    except Failure:
        return
    for kind, fields, where in stated:
        for one in members:
            if one.exists is Truth.YES:
                scope = _with_self(one) if kind == "postcondition" else one.scope
                found = list(_condition(f"Resource {kind} failed", fields, where, scope, one.address))
                yield from found
                if found:
                    break


def _with_self(one: Instance) -> Scope:
    known = Unknown("it is known after the deployment", one.block.where, (Reference(one.address, ""),))
    return one.scope.having({"self": known})


def _condition(summary: str, fields: Fields, where: Span, scope: Scope, resource: str) -> Iterator[Mistake]:
    node = fields.get("condition")
    if node is None:
        return
    place = exactly(where / "condition", (node.start, node.end))
    detail, exact = "", True
    match settle(node, scope, where / "condition"):
        case Known(flag) if flag in (False, "false", "0"):
            detail = _message(fields, scope, where, _UNSHOWN)
            exact = bool(detail)
        case Known(flag) if flag not in (True, "true", "1"):
            reason = "a bool is required" if isinstance(flag, str) else "bool required"
            summary, detail = "Invalid condition result", f"Invalid condition result value: {reason}."
        case Absent():
            detail = "Condition expression must return either true or false, not null."
            summary = "Invalid condition result"
        case _:
            return
    if not scope.module.program.library:
        yield Mistake(CONDITION, summary, detail, place, resource, stage=PLANNED, exact=exact)
