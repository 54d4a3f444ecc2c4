"""Arguments that Terraform reads before it evaluates anything: plain values, without variables and calls."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.frontends.terraform import type_constraints
from onetake.frontends.terraform.declarations import Configuration, Declaration, Mistake
from onetake.frontends.terraform.engines import backends, objects
from onetake.frontends.terraform.places import exactly, opening
from onetake.frontends.terraform.syntax.nodes import Attribute, Call, Index, Literal, Node, Variable, children
from onetake.model.values import Span

RULE, WRONG = "terraform-value-not-static", "terraform-invalid-type"
_TEXTS = {"variable": ("description",), "output": ("description",), "module": ("source", "version")}
_FLAGS = {"variable": ("sensitive", "nullable", "ephemeral"), "output": ("sensitive", "ephemeral")}
_LIFECYCLE = ("create_before_destroy", "prevent_destroy")
_TRUTHS = ("true", "false", "1", "0")


def mistakes(configuration: Configuration, *, tofu: bool) -> Iterator[Mistake]:
    """The arguments of a module's blocks that have to be plain values and are not."""
    for block in (*configuration.variables.values(), *configuration.outputs.values(), *configuration.calls.values()):
        # OpenTofu evaluates the sources of modules, and backends, with variables.
        if not (tofu and block.kind == "module"):
            yield from _declared(block)
    for block in configuration.resources.values():
        for fields, where in objects(block.fields.get("lifecycle"), block.where / "lifecycle"):
            for name in _LIFECYCLE:
                if name in fields:
                    yield from _value(fields[name], where / name, "bool", block.name)
    for block in configuration.settings if not tofu else ():
        for _, backend in backends(block):
            for name, node in backend.fields.items():
                yield from _names(node, backend.where / name)


def _declared(block: Declaration) -> Iterator[Mistake]:
    for name in _TEXTS.get(block.kind, ()):
        yield from _plain(block, name, "string")
    for name in _FLAGS.get(block.kind, ()):
        yield from _plain(block, name, "bool")
    if block.kind == "variable":
        yield from type_constraints.mistakes(block)
        if "default" in block.fields:
            yield from _names(block.fields["default"], block.where / "default")


def _plain(block: Declaration, name: str, kind: str) -> Iterator[Mistake]:
    node = block.fields.get(name)
    if node is not None:
        yield from _value(node, block.where / name, kind)


def _value(node: Node, where: Span, kind: str, resource: str = "") -> Iterator[Mistake]:
    """What is wrong with a plain text or flag."""
    named = list(_names(node, where, resource))
    yield from named
    reason = ""
    if named:
        reason = "value must be known"
    elif isinstance(node, Literal):
        reason = _unsuitable(node.value, kind)
    elif type(node).__name__ in ("Tuple", "Object", "For"):
        reason = f"{kind} required"
    if reason:
        known = reason != "value must be known"
        at = opening(node) if known else (node.start, node.end)
        detail = f"Unsuitable value: {reason}"
        yield Mistake(WRONG, "Unsuitable value type", detail, exactly(where, at), resource, stage="init")


def _unsuitable(value: object, kind: str) -> str:
    if kind == "string" or value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return "" if value in _TRUTHS else "a bool is required"
    return "bool required"


def _names(node: Node, where: Span, resource: str = "") -> Iterator[Mistake]:
    """The variables and calls in what has to be a plain value."""
    pending = [node]
    while pending:
        one = pending.pop()
        match one:
            case Variable() | Attribute() | Index():
                base: Node = one
                while isinstance(base, (Attribute, Index)):
                    base = base.subject
                if isinstance(base, Variable):
                    at = exactly(where, (base.start, base.end))
                    yield Mistake(
                        RULE, "Variables not allowed", "Variables may not be used here.", at, resource, "init"
                    )
                else:
                    pending.append(base)
            case Call():
                at = exactly(where, (one.start, one.end))
                detail = "Functions may not be called here."
                yield Mistake(RULE, "Function calls not allowed", detail, at, resource, "init")
            case _:
                pending += reversed(children(one))
