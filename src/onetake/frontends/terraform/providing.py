"""Provider configurations: which one a resource gets, and what region it deploys to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration
from onetake.frontends.terraform.instances import arguments
from onetake.frontends.terraform.syntax.nodes import Attribute, Literal, Node, Object, Template, Tuple, Variable
from onetake.model.resources import Provider
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program


class Providing:
    """The provider configurations of a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._made: dict[tuple[str, str], Provider] = {}

    def of(self, block: Declaration, module: Module) -> Provider:
        """The provider that a resource is managed by."""
        chosen = named(block.fields.get("provider"))
        return self.called(chosen or block.labels[0].partition("_")[0], module)

    def called(self, name: str, module: Module) -> Provider:
        """The configuration that a module knows as ``name`` (``aws``, ``aws.east``)."""
        key = (module.path, name)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._find(name, module)
        return found

    def _find(self, name: str, module: Module) -> Provider:
        block = module.configuration.providers.get(name)
        if block is not None:
            return self._make(name, block, module)
        if module.call is not None and module.parent is not None:
            handed = passed(module.call)
            if name in handed:
                return self.called(handed[name], module.parent)
            if "." not in name:
                return self.called(name, module.parent)
        base, _, alias = name.partition(".")
        return Provider(base, self.region(Absent(Span(""))), alias)

    def _make(self, name: str, block: Declaration, module: Module) -> Provider:
        found = arguments(block, module.scope)
        base, _, alias = name.partition(".")
        return Provider(base, self.region(found.get("region") or Absent(block.where)), alias, found)

    def region(self, written: Value[object]) -> Value[str]:
        """The region that a provider's ``region`` argument leads to."""
        match written:
            case Known(str() as name, where, origin):
                return Known(name, where, origin)
            case Unknown():
                return written
            case _:
                assumed = self.program.assumptions
                if assumed.region_given:
                    return Known(assumed.region, written.where)
                return Unknown("provider region is not set", written.where, (Gap("provider region"),))


def named(node: Node | None) -> str:
    """The provider that an expression names, in native syntax (``aws.east``) or JSON (``"aws.east"``)."""
    match node:
        case Literal(str() as text):
            return text
        case Variable(name):
            return name
        case Attribute(Variable(name), alias):
            return f"{name}.{alias}"
        case Template((only,)):
            return named(only)
        case _:
            return ""


def passed(call: Declaration) -> dict[str, str]:
    """The providers that a module call hands over: the child's name, and the caller's."""
    node = call.fields.get("providers")
    if isinstance(node, Tuple) and node.items:
        node = node.items[0]
    if not isinstance(node, Object):
        return {}
    return {named(key): named(inner) for key, inner in node.items}
