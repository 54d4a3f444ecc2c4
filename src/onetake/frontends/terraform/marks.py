"""Which marks a value surely has: *sensitive* or *ephemeral*; on itself, or on something inside it.

Terraform carries marks with values: through locals, operators, functions, and out of resources whose schema calls an
attribute sensitive. ``validate`` follows them inside one module; what arguments and outputs of modules, and attributes
of resources, bring along only a plan sees. Where it is not sure that there is a mark, there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from onetake.frontends.terraform.declarations import META
from onetake.frontends.terraform.marking import (
    ANY,
    EPHEMERAL,
    EVERY,
    NONE,
    PLANNED,
    SENSITIVE,
    VALIDATED,
    Expressions,
    Place,
    Steps,
    sure,
)
from onetake.frontends.terraform.refusals import defaulted
from onetake.frontends.terraform.syntax.nodes import Literal, Node, Object
from onetake.model.language import Truth

if TYPE_CHECKING:
    from onetake.frontends.terraform.declarations import Declaration
    from onetake.frontends.terraform.instances import Expansion
    from onetake.frontends.terraform.modules import Module

Secret = Callable[[str, str], Iterable[str]]
"""The attributes of a type that its provider calls sensitive: asked with ``resource`` or ``data``, and the type."""
_NAMELESS = frozenset({"each", "count", "path", "terraform", "self"})


class Marks(Expressions):
    """Looks for one mark in the expressions of a program."""

    def __init__(self, mark: str, secret: Secret) -> None:
        super().__init__(mark)
        self._secret = secret
        self._known: dict[tuple[int, str, Steps, bool], int] = {}

    def of(self, node: Node, module: Module, block: Declaration | None = None, *, inside: bool = True) -> int:
        """Who sees that ``node`` is marked; with ``inside`` marks on parts of the value count, too."""
        return self.at(node, (), Place(module, block), inside)

    def named(self, name: str, steps: Steps, here: Place, *, inside: bool) -> int:
        """What a declaration leads to; variables of loops are known to the expressions."""
        first = steps[0] if steps and isinstance(steps[0], str) else ""
        if name == "each" and here.block is not None and first == "value":
            repeated = here.block.fields.get("for_each")
            own = Place(here.module)
            return min(PLANNED, self.at(repeated, (here.key, *steps[1:]), own, inside)) if repeated else NONE
        if name in _NAMELESS or not first:
            return NONE
        key = (id(here.module), name, steps, inside)
        if key not in self._known:
            self._known[key] = NONE  # what leads to itself adds nothing
            self._known[key] = self._declared(name, first, steps[1:], here.module, inside)
        return self._known[key]

    def _declared(self, root: str, name: str, steps: Steps, module: Module, inside: bool) -> int:
        configuration = module.configuration
        match root:
            case "var":
                return self._variable(name, steps, module, inside)
            case "local":
                declared = configuration.locals.get(name)
                return self.at(declared[0], steps, Place(module), inside) if declared else NONE
            case "module":
                return min(PLANNED, self._called(name, steps, module, inside))
            case "ephemeral":
                return VALIDATED if self.mark == EPHEMERAL else NONE
            case "data" | "resource" if steps and isinstance(steps[0], str):
                kind = "data." if root == "data" else ""
                return self._resource(f"{kind}{name}.{steps[0]}", steps[1:], module, inside)
            case _:
                return self._resource(f"{root}.{name}", steps, module, inside)

    def _variable(self, name: str, steps: Steps, module: Module, inside: bool) -> int:
        block = module.configuration.variables.get(name)
        if block is None or says(block, self.mark):
            return VALIDATED if block is not None else NONE
        if module.call is None or module.parent is None or name not in module.call.fields:
            return NONE
        given = module.call.fields[name]
        return min(PLANNED, self.at(given, steps, Place(module.parent, module.call, _key(module)), inside))

    def _called(self, name: str, steps: Steps, module: Module, inside: bool) -> int:
        call = module.configuration.calls.get(name)
        children = sure(lambda: module.child(name)) if call is not None else None
        if call is None or children is None or not _certain(call, children.members, module):
            return NONE
        key, steps = _chosen(children, steps)
        child = children.members.get(next(iter(children.members)) if key in (ANY, EVERY) else key)  # type: ignore[call-overload]
        if child is None:
            return NONE
        outputs = child.configuration.outputs
        if not steps:
            return (
                max((self._output(one, (), child, inside) for one in outputs.values()), default=NONE)
                if inside
                else NONE
            )
        wanted = outputs.get(steps[0]) if isinstance(steps[0], str) else None
        return self._output(wanted, steps[1:], child, inside) if wanted is not None else NONE

    def _output(self, block: Declaration, steps: Steps, module: Module, inside: bool) -> int:
        node = block.fields.get("value")
        return self.at(node, steps, Place(module), inside) if node is not None else NONE

    def _resource(self, name: str, steps: Steps, module: Module, inside: bool) -> int:
        block = module.configuration.resources.get(name)
        if block is None or self.mark == EPHEMERAL:
            return NONE
        expanded = sure(lambda: module.expansion(name))
        if expanded is None or not _certain(block, expanded.members, module):
            return NONE
        key, steps = _chosen(expanded, steps)
        if key not in (ANY, EVERY) and key not in expanded.members:
            return NONE
        secret = set(self._secret(block.kind, block.labels[0]))
        place = Place(module, block, key)
        if not steps:
            own = (node for name, node in block.fields.items() if inside and name not in META)
            return PLANNED if inside and (secret or any(self.at(node, (), place, True) for node in own)) else NONE
        if steps[0] in secret:
            return PLANNED
        node = block.fields.get(steps[0]) if isinstance(steps[0], str) else None
        return min(PLANNED, self.at(node, steps[1:], place, inside)) if node is not None else NONE


def says(block: Declaration, name: str) -> bool:
    """Whether a declaration has a flag set."""
    return getattr(block.fields.get(name), "value", False) in (True, "true")


def _certain(block: Declaration, members: Mapping[Any, object], module: Module) -> bool:
    """Whether there surely are instances of a block, wherever it is deployed."""
    repeated = next((block.fields[name] for name in ("count", "for_each") if name in block.fields), None)
    if module.exists is not Truth.YES or not members:
        return False
    if repeated is None or (
        isinstance(repeated, Object) and all(isinstance(key, Literal) for key, _ in repeated.items)
    ):
        return True
    return None not in members and not defaulted(module, repeated)


def _chosen(expansion: Expansion[Any], steps: Steps) -> tuple[object, Steps]:
    """The key of the instance that ``steps`` lead to, and the steps after it."""
    if expansion.sole is not None:
        return None, steps
    return (steps[0], steps[1:]) if steps else (ANY, ())


def _key(module: Module) -> object:
    """Which of the instances of its call a module is."""
    expanded = module.parent.child(module.call.name) if module.parent is not None and module.call is not None else None
    return next((key for key, one in expanded.members.items() if one is module), EVERY) if expanded else EVERY


__all__ = ["EPHEMERAL", "NONE", "PLANNED", "SENSITIVE", "VALIDATED", "Marks", "says"]
