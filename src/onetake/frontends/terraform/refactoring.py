"""``moved``, ``removed``, ``import`` and ``check`` blocks that Terraform refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import Failure, supposed
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.references import uses
from onetake.frontends.terraform.syntax.describe import describe
from onetake.frontends.terraform.syntax.nodes import Attribute, Index, Literal, Node, Variable
from onetake.model.values import Absent, Known, Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

_Move = tuple[str, str, Declaration]
RULE, BLOCK = "terraform-invalid-refactoring", "terraform-invalid-block"
INIT, PLAN = "init", "plan"
_KEY = re.compile(r'(.*)\[("(?:[^"\\]|\\.)*"|(\d+))\]')
_STATIC = (
    "A single static variable reference is required: only attribute access and indexing with constant keys. No "
    "calculations, function calls, template expressions, etc are allowed here."
)
_RESERVED = ("var", "local", "each", "count", "path", "terraform", "self")


def mistakes(module: Module) -> Iterator[Mistake]:
    """What is wrong with the blocks of a module that tell of resources rather than make them."""
    moves = _Moves()
    imports: dict[str, Declaration] = {}
    for block in module.configuration.others:
        match block.kind:
            case "moved":
                yield from _moved(block, moves, module)
            case "removed":
                yield from _removed(block, module)
            case "import":
                yield from _import(block, imports, module)
            case "check":
                yield from _check(block)


def _moved(block: Declaration, moves: _Moves, module: Module) -> Iterator[Mistake]:
    ends = [block.fields.get(name) for name in ("from", "to")]
    wrong = [_address(node, block.where / name) for name, node in zip(("from", "to"), ends, strict=True) if node]
    yield from (one for one in wrong if one)
    if any(wrong) or None in ends:
        return
    source, target = (_written(node) for node in ends if node is not None)
    if _is_module(source) != _is_module(target):
        detail = 'The "from" and "to" addresses must either both refer to resources or both refer to modules.'
        yield Mistake(RULE, 'Invalid "moved" addresses', detail, block.where, stage=INIT)
        return
    yield from _statement(source, target, block, moves, module)
    moves.add(source, target, block)


def _statement(source: str, target: str, block: Declaration, moves: _Moves, module: Module) -> Iterator[Mistake]:
    """What a move says that others, or the resources that there are, contradict."""

    def found(summary: str, detail: str) -> Mistake:
        return Mistake(RULE, summary, detail, block.where, stage=PLAN)

    if source == target:
        detail = (
            f"This statement declares a move from {source} to the same address, which is the same as not declaring "
        )
        yield found("Redundant move statement", f"{detail}this move at all.")
        return
    if still := _still(source, target, module):
        yield found("Moved object still exists", still)
    kind = "module" if _is_module(source) else "resource"
    earlier = moves.of(source, target)
    if earlier is None:
        return
    before, after, statement = earlier
    said = (
        f"A statement at {_place(statement.where, module)} declared that {before} moved to {after}, but this statement"
    )
    if before == source:
        detail = f"instead declares that it moved to {target}.\n\nEach {kind} can move to only one destination {kind}."
        yield found("Ambiguous move statements", f"{said} {detail}")
    elif after == target:
        detail = (
            f"instead declares that {source} moved there.\n\nEach {kind} can have moved from only one source {kind}."
        )
        yield found("Ambiguous move statements", f"{said} {detail}")
    else:
        ways = "\n".join(
            f"  - {_place(one.where, module)}: {first}[*] → {second}[*]"
            for first, second, one in ((before, after, statement), (source, target, block))
        )
        detail = (
            "The following chained move statements form a cycle, and so there is no final location to move objects "
            f"to:\n{ways}\n\nA chain of move statements must end with an address that doesn't appear in any other "
            "statements, and which typically also refers to an object still declared in the configuration."
        )
        yield found("Cyclic dependency in move statements", detail)


def _still(source: str, target: str, module: Module) -> str:
    """What Terraform says of a move from something that is still there; empty where it is not, or nobody knows."""
    (name, key), (_, other) = _split(source), _split(target)
    is_module = _is_module(name)
    calls, resources = module.configuration.calls, module.configuration.resources
    declared = calls.get(name.removeprefix("module.")) if is_module else resources.get(name)
    if declared is None:
        return ""
    place = declared.where
    kind, what = ("module call", "call") if is_module else ("resource", "resource")
    if key is not None or other is not None:
        # With a key on either side both are single instances.
        if not _is_instance(name, key, declared, module):
            return ""
        kind, what = "module instance" if is_module else "resource instance", "instance"
        repeated = next((one for one in ("count", "for_each") if one in declared.fields), "")
        if repeated:
            node = declared.fields[repeated]
            place = exactly(place / repeated, (node.start, node.end))
    return (
        f"This statement declares a move from {source}, but that {kind} is still declared at {_place(place, module)}."
        f"\n\nChange your configuration so that this {what} will be declared as {target} instead."
    )


def _is_instance(name: str, key: int | str | None, declared: Declaration, module: Module) -> bool:
    """Whether there surely is an instance ``key`` of a resource or module; without a key, the only one."""
    if not {"count", "for_each"} & declared.fields.keys():
        return key is None
    if key is None:
        return False
    try:
        found = module.child(declared.name) if declared.kind == "module" else module.expansion(name)
    except Failure:
        return False
    return found is not None and found.kind != "unknown" and key in found.members


def _split(address: str) -> tuple[str, int | str | None]:
    """An address without its last key, and that key."""
    found = _KEY.fullmatch(address)
    if found is None:
        return address, None
    return found[1], int(found[3]) if found[3] else json.loads(found[2])


class _Moves:
    """The moves that were stated so far, by either end."""

    def __init__(self) -> None:
        self._by_source: dict[str, _Move] = {}
        self._by_target: dict[str, _Move] = {}

    def of(self, source: str, target: str) -> _Move | None:
        """The earlier statement that a move from ``source`` to ``target`` contradicts."""
        same = self._by_source.get(source)
        if same is not None and same[1] != target:
            return same
        same = self._by_target.get(target)
        if same is not None and same[0] != source:
            return same
        back = self._by_source.get(target)
        return back if back is not None and back[1] == source else None

    def add(self, source: str, target: str, block: Declaration) -> None:
        """One more."""
        self._by_source.setdefault(source, (source, target, block))
        self._by_target.setdefault(target, (source, target, block))


def _removed(block: Declaration, module: Module) -> Iterator[Mistake]:
    node = block.fields.get("from")
    if node is None:
        return
    where = block.where / "from"
    wrong = _address(node, where)
    if wrong:
        yield wrong
        return
    address = _written(node)
    if isinstance(node, Index):
        detail = (
            'Resource address must be a resource (e.g. "test_instance.foo"), not a resource instance (e.g. '
            '"test_instance.foo[1]").'
        )
        at = exactly(where, (node.subject.end, node.end))
        yield Mistake(RULE, "Resource instance keys not allowed", detail, at, stage=INIT)
    elif address.startswith("data."):
        detail = (
            "Data sources are never destroyed, so they are not valid targets of removed blocks. To remove the data "
            "source from state, remove the data source block from configuration."
        )
        yield Mistake(
            RULE, "Data source address not allowed", detail, exactly(where, (node.start, node.end)), stage=INIT
        )
    elif address in module.configuration.resources:
        detail = f"This statement declares that {address} was removed, but it is still declared in configuration."
        place = module.configuration.resources[address].where
        yield Mistake(RULE, "Removed resource still exists", detail, place, address, stage=PLAN)


def _import(block: Declaration, earlier: dict[str, Declaration], module: Module) -> Iterator[Mistake]:
    if module.parent is not None:
        detail = f'An import block was detected in "{module.path}". Import blocks are only allowed in the root module.'
        yield Mistake(RULE, "Invalid import configuration", detail, block.where, stage=INIT)
        return
    node = block.fields.get("to")
    if node is not None:
        yield from _target(node, block, earlier, module)
    identity = block.fields.get("id")
    if identity is None:
        return
    where = block.where / "id"
    at = exactly(where, (identity.start, identity.end))
    summary = "Invalid import id argument"
    match supposed(identity, module.scope, where):
        case Known(""):
            detail = "The import ID value evaluates to an empty string, please provide a non-empty value."
            yield Mistake(RULE, summary, detail, at)
        case Known(str() | int() | float()):
            return
        case Known():
            yield Mistake(RULE, "Incorrect value type", "Invalid expression value: string required.", at)
        case Absent() if not list(uses((identity,))):
            yield Mistake(RULE, summary, "The import ID cannot be null.", at)


def _target(node: Node, block: Declaration, earlier: dict[str, Declaration], module: Module) -> Iterator[Mistake]:
    where = block.where / "to"
    wrong = _address(node, where)
    address = _written(node)
    if wrong:
        yield wrong
    if wrong or address.startswith("data."):
        yield Mistake(RULE, "Invalid import address", "Only managed resources can be imported.", where, stage=INIT)
        return
    at = exactly(where, (node.start, node.end))
    if address in earlier and "for_each" not in block.fields:
        place = _place(earlier[address].where, module, end=True)
        summary = f'Duplicate import configuration for "{address}"'
        detail = (
            f'An import block for the resource "{address}" was already declared at {place}. A resource can have only '
            "one import block."
        )
        yield Mistake(RULE, summary, detail, at, address, stage=INIT)
    earlier.setdefault(address, block)
    plain = address.partition("[")[0]
    if plain.startswith("module.") or plain in module.configuration.resources or module.configuration.broken:
        return
    detail = (
        f"The configuration for the given import target {address} does not exist. If you wish to automatically "
        "generate config for this resource, use the -generate-config-out option within terraform plan. Otherwise, make "
        "sure the target resource exists within your configuration. For example:\n\n  terraform plan "
        "-generate-config-out=generated.tf"
    )
    found = Mistake(RULE, "Configuration for import target does not exist", detail, at, stage=PLAN)
    found.condition = "Is the plan made without -generate-config-out?"
    yield found


def _check(block: Declaration) -> Iterator[Mistake]:
    if "assert" not in block.fields:
        detail = "Check blocks must have at least one assert block."
        yield Mistake(BLOCK, "Zero assert blocks", detail, block.where, stage=INIT)


def _address(node: Node, where: Span) -> Mistake | None:
    """What is wrong with the address of a resource or module."""
    at = exactly(where, (node.start, node.end))
    steps: list[Node] = []
    base = node
    while isinstance(base, (Attribute, Index)):
        steps.append(base)
        if isinstance(base, Index) and not isinstance(base.key, Literal) and "each" not in describe(base.key):
            return Mistake(RULE, "Invalid expression", _STATIC, at, stage=INIT)
        base = base.subject
    if not isinstance(base, Variable):
        # JSON writes addresses as plain text.
        if where.file.endswith(".json"):
            return None
        return Mistake(RULE, "Invalid expression", _STATIC, at, stage=INIT)
    if base.name in _RESERVED:
        detail = (
            f'The keyword "{base.name}" is reserved and cannot be used to target a resource address. If you are '
            'targeting a resource type that uses a reserved keyword, please prefix your address with "resource.".'
        )
        return Mistake(RULE, "Invalid address", detail, at, stage=INIT)
    return None


def _written(node: Node) -> str:
    if isinstance(node, Literal):
        return str(node.value).removeprefix("resource.")
    return describe(node).removeprefix("resource.")


def _is_module(address: str) -> bool:
    """Whether it is the address of a module, and not of a resource in one."""
    parts = address.split(".")
    return parts[0] == "module" and len(parts) % 2 == 0 and all(part == "module" for part in parts[::2])


def _place(where: Span, module: Module, *, end: bool = False) -> str:
    source = module.configuration.sources.get(where.file)
    found = source.locate(where.path) if source else None
    if found is None:
        return where.file
    return f"{where.file}:{found.line},{found.column}" + (f"-{found.end_column}" if end else "")
