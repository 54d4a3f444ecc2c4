"""What a resource waits for: the declarations its expressions lead to, through locals, variables and modules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.providing import named
from onetake.frontends.terraform.references import EACH, Use, uses
from onetake.frontends.terraform.syntax.nodes import Literal, Node, Tuple

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

Found = frozenset[str]
_NOTHING: Found = frozenset()


def explicit(block: Declaration, module: Module) -> tuple[str, ...]:
    """The declarations that a block's ``depends_on`` names, and those of the modules around it."""
    found: dict[str, None] = {}
    around: Module | None = module
    current: Declaration | None = block
    while current is not None and around is not None:
        for use in written(current.fields.get("depends_on")):
            found.update(dict.fromkeys(sorted(_declared(use, around))))
        current, around = around.call, around.parent
    return tuple(found)


def written(node: Node | None) -> list[Use]:
    """The traversals in a ``depends_on``, which JSON writes as plain text."""
    items = node.items if isinstance(node, Tuple) else ()
    found: list[Use] = []
    for item in items:
        if isinstance(item, Literal) and isinstance(item.value, str):
            found.append(tuple(item.value.split("[")[0].split(".")))
        else:
            found += uses((item,))
    return found


def _declared(use: Use, module: Module) -> Found:
    """The declarations that a ``depends_on`` entry stands for: a module stands for all that is in it."""
    if use[0] == "module" and len(use) > 1:
        return _inside(module, use[1])
    return reached(module, (use,))


def _inside(module: Module, call: str) -> Found:
    if call not in module.configuration.calls:
        return _NOTHING
    try:
        children = module.child(call)
    except Failure:
        return _NOTHING
    found: set[str] = set()
    for child in children.members.values() if children else ():
        found.update(child.declared(name) for name in child.configuration.resources)
        for inner in child.configuration.calls:
            found |= _inside(child, inner)
    return frozenset(found)


def implied(block: Declaration, module: Module) -> Found:
    """The declarations that a block's expressions, its provider's, and its modules' repetition lead to."""
    found = reached(module, block.used())
    provider = named(block.fields.get("provider")) or block.labels[0].partition("_")[0]
    configuration = module.configuration.providers.get(provider)
    if configuration is not None:
        found |= reached(module, configuration.used())
    around = module
    while around.call is not None and around.parent is not None:
        repeated = [around.call.fields[name] for name in ("count", "for_each") if name in around.call.fields]
        if repeated:
            found |= reached(around.parent, uses(repeated))
        around = around.parent
    return found


def reached(module: Module, start: Iterable[Use]) -> Found:
    """The declarations that traversals lead to; resources end the search, since the graph goes on from there."""
    found: set[str] = set()
    seen: set[tuple[str, Use]] = set()
    pending: list[tuple[Module, Use]] = [(module, use) for use in start]
    while pending:
        here, use = pending.pop()
        match use:
            case ("each" | "count" | "self" | "path" | "terraform", *_):
                continue
            case ("local" | "var" | "module", name, *rest):
                output = next((step for step in rest if step != EACH), "") if use[0] == "module" else ""
                key = (here.path, (use[0], name, output))
                if key not in seen:
                    seen.add(key)
                    pending += _onward(here, use[0], name, output)
            case ("data", kind, name, *_):
                _add(found, here, f"data.{kind}.{name}")
            case (kind, name, *_):
                _add(found, here, f"{kind}.{name}")
    return frozenset(found)


def _add(found: set[str], module: Module, name: str) -> None:
    if name in module.configuration.resources:
        found.add(module.declared(name))


def _onward(module: Module, root: str, name: str, output: str) -> list[tuple[Module, Use]]:
    if root == "local":
        return [(module, use) for use in module.configuration.local_uses(name)]
    if root == "var":
        named, parent = module.call.uses.get(name, ()) if module.call else (), module.parent
        return [(parent, use) for use in named] if parent is not None else []
    try:
        children = module.child(name) if name in module.configuration.calls else None
    except Failure:
        return []
    found: list[tuple[Module, Use]] = []
    for child in list(children.members.values())[:1] if children else []:
        outputs = child.configuration.outputs
        for one in [outputs[output]] if output in outputs else outputs.values() if not output else ():
            found += [(child, use) for use in (*one.used(), *written(one.fields.get("depends_on")))]
    return found
