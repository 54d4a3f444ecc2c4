"""What waits for itself by way of local values, inputs and outputs, which are nodes of Terraform's graph, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Mistake
from onetake.frontends.terraform.references import Use
from onetake.frontends.terraform.syntax.nodes import Literal
from onetake.model.graph import strong_components
from onetake.model.stacks import Stack
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

RULE = "terraform-dependency-cycle"
_UNORDERED = frozenset({"lifecycle", "provisioner", "connection"})
"""Blocks of a resource that name attributes of its own, or wait for nothing."""


class _Circles:
    """The graph of all modules, each once however often it is called."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self._modules: dict[str, Module] = {}
        for module in modules:
            self._modules.setdefault(module.path, module)
        self.edges: dict[str, set[str]] = {}
        self.places: dict[str, Span] = {}
        for module in self._modules.values():
            self._add(module)
        for leads in self.edges.values():
            leads -= {name for name in leads if name not in self.edges}

    def _add(self, module: Module) -> None:
        configuration, path = module.configuration, module.path
        for name, (node, where) in configuration.locals.items():
            if not isinstance(node, Literal):
                self._node(
                    _at(path, f"local.{name} (expand)"), where, self._leads(module, configuration.local_uses(name))
                )
        expand = f"{path} (expand)"
        for name, block in configuration.resources.items():
            named = (use for field, some in block.uses.items() if field not in _UNORDERED for use in some)
            self._node(module.declared(name), block.where, [expand, *self._leads(module, named)])
        if path:
            self._called(module, expand)

    def _called(self, module: Module, expand: str) -> None:
        """The nodes of a called module alone: what it is given, what it gives, where it begins and ends."""
        configuration, path = module.configuration, module.path
        for name, block in configuration.outputs.items():
            named = (use for some in block.uses.values() for use in some)
            self._node(_at(path, f"output.{name} (expand)"), block.where, [expand, *self._leads(module, named)])
        call, parent = module.call, self._modules.get(path.rpartition(".module.")[0] if ".module." in path else "")
        if call is None or parent is None:
            return
        decides = (use for name in ("count", "for_each") for use in call.uses.get(name, ()))
        self._node(expand, call.where, self._leads(parent, decides))
        ends = [*(f"{path}.output.{name} (expand)" for name in configuration.outputs), expand]
        self._node(f"{path} (close)", call.where, ends)
        for name, block in configuration.variables.items():
            if name in call.uses:
                leads = self._leads(parent, call.uses[name])
                self._node(_at(path, f"var.{name} (expand)"), block.where, leads)

    def _node(self, name: str, where: Span, leads: Iterable[str]) -> None:
        self.edges[name] = set(leads)
        self.places[name] = where

    def _leads(self, module: Module, named: Iterable[Use]) -> Iterator[str]:
        path = module.path
        for use in named:
            match use:
                case ("local" | "var" as kind, name, *_):
                    yield _at(path, f"{kind}.{name} (expand)")
                case ("module", name, *rest):
                    child = _at(path, f"module.{name}")
                    yield from self._outputs(child, next((one for one in rest if one != "*"), ""))
                case ("data", kind, name, *_):
                    yield module.declared(f"data.{kind}.{name}")
                case (kind, name, *_):
                    yield module.declared(f"{kind}.{name}")

    def _outputs(self, child: str, output: str) -> Iterator[str]:
        yield f"{child}.output.{output} (expand)" if output else f"{child} (close)"


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def mistakes(modules: Sequence[Module], stack: Stack) -> Iterator[Mistake]:
    """The groups that wait for each other; those of resources alone as the stack knows them."""
    found = _Circles(modules)
    told: set[str] = set()
    for group in strong_components({name: frozenset(leads) for name, leads in found.edges.items()}):
        if len(group) > 1:
            told |= set(group)
            first = next((one for one in group if one in stack.by_declaration), "")
            resource = stack.by_declaration[first][0].address if first else ""
            yield Mistake(RULE, f"Cycle: {', '.join(group)}", "", found.places[first or group[0]], resource)
    for group in stack.graph.cycles():
        if not told & set(group):
            one = stack.by_declaration[group[0]][0]
            yield Mistake(RULE, f"Cycle: {', '.join(group)}", "", one.where, one.address)
