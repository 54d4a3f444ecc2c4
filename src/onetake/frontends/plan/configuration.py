"""The configuration in a plan: the blocks, and what their expressions refer to.

A plan does not hold expressions, only the names in each of them; local values are named and not explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onetake.frontends.plan.addresses import Place, join, placed, split, whole
from onetake.frontends.plan.document import mapping, objects, text
from onetake.model.records import field, record
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

_STEPS = 10_000
"""References that are followed for one question, at most."""


@record
class Target:
    """A resource or data source that an expression names, and what it takes of it."""

    place: Place
    name: str
    """``aws_subnet.private`` or ``data.aws_region.here``."""
    key: str
    """Empty when none is written."""
    attribute: str

    @property
    def address(self) -> str:
        """The instance that is meant, if the name alone tells."""
        return self.place.prefix + self.name + self.key

    @property
    def declaration(self) -> str:
        """The address without keys."""
        return self.place.declared + self.name


@record(frozen=False)
class Reached:
    """What an expression leads to, through variables and outputs of modules."""

    targets: list[Target] = field(default_factory=list)
    opaque: list[str] = field(default_factory=list)
    """Names behind which a plan does not let us look: local values."""
    others: bool = False
    """Whether variables of the root, ``each`` or ``count`` take part."""


class Configuration:
    """The blocks of a plan's configuration by where they stand."""

    def __init__(self, data: dict[str, Any], where: Span) -> None:
        section = mapping(data.get("configuration"))
        self.there = "root_module" in section
        self.providers = mapping(section.get("provider_config"))
        self.where = where
        self._variables = mapping(data.get("variables"))
        self._modules: dict[tuple[str, ...], dict[str, Any]] = {(): mapping(section.get("root_module"))}
        self._blocks: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}

    def module(self, path: tuple[str, ...]) -> dict[str, Any]:
        """The module that the calls of ``path`` lead to; empty if there is none."""
        found = self._modules.get(path)
        if found is None:
            found = mapping(self._call(path).get("module")) if path else {}
            self._modules[path] = found
        return found

    def _call(self, path: tuple[str, ...]) -> dict[str, Any]:
        return mapping(mapping(self.module(path[:-1]).get("module_calls")).get(path[-1]))

    def block(self, place: Place, name: str) -> dict[str, Any] | None:
        """The block of a resource or data source."""
        blocks = self._blocks.get(place.path)
        if blocks is None:
            found = objects(self.module(place.path).get("resources"))
            blocks = self._blocks[place.path] = {text(block.get("address")): block for block in found}
        return blocks.get(name)

    def names(self, path: tuple[str, ...]) -> Iterator[str]:
        """The declarations in a module and in all that it calls."""
        pending = [path]
        while pending and len(self._modules) < _STEPS:
            current = pending.pop()
            declared = Place(tuple((name, "") for name in current)).declared
            module = self.module(current)
            yield from (declared + text(block.get("address")) for block in objects(module.get("resources")))
            pending += ((*current, name) for name in mapping(module.get("module_calls")))

    def explicit(self, place: Place, block: dict[str, Any]) -> tuple[str, ...]:
        """The declarations that ``depends_on`` names, in a block and in the calls around it."""
        found: dict[str, None] = {}
        asking: list[tuple[Place, Any]] = [(place, block.get("depends_on"))]
        around = place
        while around.calls:
            asking.append((around.parent, self._call(around.path).get("depends_on")))
            around = around.parent
        for here, listed in asking:
            for reference in listed if isinstance(listed, list) else ():
                steps = split(text(reference))
                if len(steps) > 1 and steps[0][0] == "module":
                    found.update(dict.fromkeys(self.names((*here.path, steps[1][0]))))
                else:
                    found.update((target.declaration, None) for target in self.reached(here, [text(reference)]).targets)
        return tuple(found)

    def used(self, place: Place, block: dict[str, Any]) -> Reached:
        """Everything that a block's expressions, its provider's, and the repetition around it lead to."""
        found = self.reached(place, references(block, ("expressions", "count_expression", "for_each_expression")))
        provider = mapping(self.providers.get(text(block.get("provider_config_key"))))
        if provider:
            home = Place(
                tuple((name, "") for name, _ in placed(text(provider.get("module_address")) + ".x.y")[0].calls)
            )
            self._add(found, self.reached(home, references(provider, ("expressions",))))
        around = place
        while around.calls:
            repeated = references(self._call(around.path), ("count_expression", "for_each_expression"))
            self._add(found, self.reached(around.parent, repeated))
            around = around.parent
        return found

    @staticmethod
    def _add(found: Reached, more: Reached) -> None:
        found.targets += more.targets
        found.opaque += more.opaque

    def reached(self, place: Place, start: Iterable[str]) -> Reached:
        """What ``references`` written in the module at ``place`` lead to."""
        found = Reached()
        pending = [(place, reference) for reference in start]
        seen: set[tuple[Place, str]] = set()
        while pending:
            here, reference = pending.pop(0)
            if (here, reference) in seen or len(seen) > _STEPS:
                continue
            seen.add((here, reference))
            pending += self._onward(here, reference, found)
        return found

    def _onward(self, place: Place, reference: str, found: Reached) -> list[tuple[Place, str]]:
        steps = split(reference)
        match [name for name, _ in steps]:
            case ["local", name, *_]:
                found.opaque.append(f"{place.declared}local.{name}")
            case ["var", name, *_] if place.calls:
                given = mapping(self._call(place.path).get("expressions")).get(name)
                return [
                    (place.parent, _with(one, steps[2:])) for one in self._sole(found, references({"": given}, ("",)))
                ]
            case ["module", name, *_]:
                child = Place((*place.calls, (name, steps[1][1])))
                outputs = mapping(self.module(child.path).get("outputs"))
                wanted = [steps[2][0]] if len(steps) > 2 else list(outputs)
                return [
                    (child, _with(one, steps[3:]))
                    for output in wanted
                    for one in references(mapping(outputs.get(output)), ("expression", "depends_on"))
                ]
            case ["data", kind, name, *_]:
                found.targets.append(Target(place, f"data.{kind}.{name}", steps[2][1], join(steps[3:])))
            case ["var" | "each" | "count" | "self" | "path" | "terraform" | "tofu" | "ephemeral", *_]:
                found.others = True
            case [kind, name, *_]:
                found.targets.append(Target(place, f"{kind}.{name}", steps[1][1], join(steps[2:])))
        return []

    @staticmethod
    def _sole(found: Reached, names: list[str]) -> list[str]:
        # A variable that is given more than one name is given something made of them.
        found.others = found.others or len(names) > 1
        return names

    def constant(self, place: Place, expression: Any) -> Value[object]:
        """What an expression is worth before anything is deployed: a literal, or a variable that is given one."""
        for _ in range(100):
            written = mapping(expression)
            if "constant_value" in written:
                return lift(written["constant_value"], self.where)
            match [split(one) for one in whole(references({"": written}, ("",)))]:
                case [(("var", ""), (name, ""))] if place.calls:
                    expression = mapping(self._call(place.path).get("expressions")).get(name)
                    place = place.parent
                case [(("var", ""), (name, ""))]:
                    return self._variable(name)
                case []:
                    return Absent(self.where) if not written else Unknown("it is computed", self.where)
                case _:
                    break
        return Unknown("a plan does not tell what it is made of", self.where, (Gap("an expression"),))

    def _variable(self, name: str) -> Value[object]:
        declared = mapping(mapping(self.module(()).get("variables")).get(name))
        value = mapping(self._variables.get(name)).get("value")
        if declared.get("sensitive"):
            return Unknown("it is sensitive", self.where, (Gap(f"var.{name}"),))
        return lift(value, self.where)


def lift(data: Any, where: Span) -> Value[object]:
    """JSON data as a value, all of it at one place."""
    match data:
        case dict():
            return Known({name: lift(inner, where) for name, inner in data.items()}, where)
        case list():
            return Known(tuple(lift(item, where) for item in data), where)
        case None:
            return Absent(where)
        case _:
            return Known(data, where)


def _with(reference: str, rest: tuple[tuple[str, str], ...]) -> str:
    return f"{reference}.{join(rest)}" if rest else reference


def references(block: dict[str, Any], fields: Iterable[str]) -> list[str]:
    """The traversals in the expressions of some ``fields``, however deep."""
    found: list[str] = []
    pending: list[Any] = [block.get(name) for name in fields]
    while pending:
        current = pending.pop()
        if isinstance(current, list):
            pending += current
            # ``depends_on`` lists names themselves.
            found += (one for one in current if isinstance(one, str))
        elif isinstance(current, dict):
            listed = current.get("references")
            if isinstance(listed, list):
                found += whole(one for one in listed if isinstance(one, str))
            pending += (inner for name, inner in current.items() if name not in ("references", "constant_value"))
    return found
