"""A module as it is evaluated: what the names in its expressions mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from onetake.frontends.terraform.declarations import Configuration, Declaration
from onetake.frontends.terraform.evaluation import Failure, Scope, evaluate, follow, placed, settle, wording
from onetake.frontends.terraform.instances import Expansion, Instance, instance, repetition, with_key
from onetake.frontends.terraform.lazy import Lazy
from onetake.frontends.terraform.syntax.nodes import Node
from onetake.frontends.terraform.values import number_in
from onetake.knowledge.results import TERRAFORM_RESULTS
from onetake.model.language import Truth
from onetake.model.records import replace
from onetake.model.values import Absent, Gap, Known, Reference, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.functions import Files
    from onetake.frontends.terraform.program import Program

T = TypeVar("T")
Steps = list[str | Node]
_LATER = "it is known after the deployment"


class Module:
    """One instance of a module; the root is one, too."""

    def __init__(  # noqa: PLR0913 - all of it is said once, where a module is made
        self,
        program: Program,
        configuration: Configuration,
        *,
        address: str = "",
        path: str = "",
        parent: Module | None = None,
        call: Declaration | None = None,
        caller: Scope | None = None,
        exists: Truth = Truth.YES,
    ) -> None:
        self.program = program
        self.configuration = configuration
        self.address = address
        """``module.net["a"]``; empty for the root."""
        self.path = path
        """The address without instance keys."""
        self.prefix = f"{address}." if address else ""
        self.parent = parent
        self.call = call
        self.caller = caller
        """The scope in which the arguments of the call are evaluated."""
        self.exists = exists
        self.scope = Scope(self, label=address)
        self._variables: dict[str, Value[object]] = {}
        self._locals: dict[str, Value[object]] = {}
        self._outputs: dict[str, Value[object]] = {}
        self._expansions: dict[str, Expansion[Instance]] = {}
        self._children: dict[str, Expansion[Module] | None] = {}
        self._busy: set[str] = set()

    def declared(self, name: str) -> str:
        """What dependencies call a resource of this module."""
        return f"{self.path}.{name}" if self.path else name

    @property
    def files(self) -> Files:
        """The files that functions may read."""
        return self.program.files

    def look_up(self, root: str, steps: Steps, scope: Scope, where: Span) -> Value[object]:
        """What ``root`` and the ``steps`` after it mean.

        Raises:
            Failure: Terraform refuses it.
        """
        name = steps[0] if steps and isinstance(steps[0], str) else ""
        match root:
            case "var" if name:
                return follow(self.variable(name), steps[1:], scope, where)
            case "local" if name:
                return follow(self.local(name), steps[1:], scope, where)
            case "module" if name:
                return self._called(name, steps[1:], scope, where)
            case "data" if len(steps) > 1:
                return self._resource(f"data.{name}.{steps[1]}", steps[2:], scope, where)
            case "path":
                return self._path(name, where)
            case "each" | "count" | "self" | "terraform" | "tofu" | "ephemeral":
                text = ".".join((root, *(step for step in steps if isinstance(step, str))))
                label = "" if root in ("terraform", "tofu") or not scope.label else f" in {scope.label}"
                return Unknown("only the deployment knows it", where, (Gap(text + label),))
            case _ if name:
                return self._resource(f"{root}.{name}", steps[1:], scope, where)
            case _:
                raise Failure(f'Invalid reference: "{root}"')

    def _path(self, name: str, where: Span) -> Value[object]:
        base = self.program.root.configuration.folder
        match name:
            case "module":
                import posixpath

                return Known(posixpath.relpath(self.configuration.folder or ".", base or "."), where)
            case "root":
                return Known(".", where)
            case _:
                return Unknown("it depends on where the program is run", where, (Gap(f"path.{name}"),))

    def variable(self, name: str) -> Value[object]:
        """The value of an input variable."""
        found = self._variables.get(name)
        if found is None:
            from onetake.frontends.terraform.variables import value_of

            found = self._variables[name] = value_of(self, name)
        return found

    def supply(self, name: str, value: Value[object]) -> None:
        """Let an input variable have ``value``, whatever the program says."""
        self._variables[name] = value

    def refuse(self, failure: Failure, node: Node, where: Span) -> None:
        """Keep in mind that Terraform refuses ``node``, which stands at ``where``."""
        self.program.refusals.append((self, failure, node, where))

    def local(self, name: str) -> Value[object]:
        """The value of a local.

        Raises:
            Failure: there is none of that name.
        """
        found = self._locals.get(name)
        if found is not None:
            return found
        declared = self.configuration.locals.get(name)
        if declared is None:
            raise Failure(f'A local value with the name "{name}" has not been declared.')
        return self._once(f"local.{name}", *declared, self._locals, name)

    def output(self, name: str) -> Value[object]:
        """The value of an output.

        Raises:
            Failure: there is none of that name.
        """
        found = self._outputs.get(name)
        if found is not None:
            return found
        declared = self.configuration.outputs.get(name)
        node = declared.fields.get("value") if declared else None
        if declared is None or node is None:
            raise Failure(f'This object does not have an attribute named "{name}".')
        return self._once(f"output.{name}", node, declared.where / "value", self._outputs, name)

    def _once(self, what: str, node: Node, where: Span, memo: dict[str, Value[object]], name: str) -> Value[object]:
        if what in self._busy:
            return Unknown("it refers to itself", where, (Gap(self.prefix + what),))
        self._busy.add(what)
        try:
            memo[name] = settle(node, self.scope, where)
        finally:
            self._busy.discard(what)
        return memo[name]

    def expansion(self, name: str) -> Expansion[Instance]:
        """The instances of a resource or data source."""
        found = self._expansions.get(name)
        if found is None:
            block = self.configuration.resources[name]
            self._refuse_circle(name)
            self._busy.add(name)
            try:
                repeated = repetition(block, self.prefix + name, self.scope)
            finally:
                self._busy.discard(name)
            sure = repeated.kind != "unknown"
            members = {key: instance(block, self, key, names, sure=sure) for key, names in repeated.members}
            found = self._expansions[name] = Expansion(repeated.kind, members)
            self.program.instances.update((member.address, member) for member in members.values())
        return found

    def _refuse_circle(self, name: str) -> None:
        if name in self._busy:
            raise Failure(f"{name} refers to itself")

    def child(self, name: str) -> Expansion[Module] | None:
        """The instances of a called module; ``None`` when it was not read."""
        if name not in self._children:
            call = self.configuration.calls[name]
            self._refuse_circle(f"module.{name}")
            self._busy.add(f"module.{name}")
            try:
                self._children[name] = self._call(name, call)
            finally:
                self._busy.discard(f"module.{name}")
        return self._children[name]

    def _call(self, name: str, call: Declaration) -> Expansion[Module] | None:
        configuration = self.program.module_source(self, call)
        if configuration is None:
            return None
        address = f"{self.prefix}module.{name}"
        repeated = repetition(call, address, self.scope)
        members = {}
        for key, names in repeated.members:
            own = with_key(address, key)
            members[key] = Module(
                self.program,
                configuration,
                address=own,
                path=self.declared(f"module.{name}"),
                parent=self,
                call=call,
                caller=Scope(self, names, label=own if names else self.address),
                exists=Truth.UNKNOWN if repeated.kind == "unknown" else self.exists,
            )
        return Expansion(repeated.kind, members)

    def _called(self, name: str, steps: Steps, scope: Scope, where: Span) -> Value[object]:
        if name not in self.configuration.calls:
            raise Failure(f'No module call named "{name}" is declared.')
        children = self.child(name)
        if children is None:
            gap = Gap(self._unread(name, steps, scope))
            return Unknown(f"module {name} was not read", where, (gap,))
        if children.sole is not None:
            if steps and not isinstance(steps[0], str):
                return Unknown("which instance is meant is not known", where, (Gap(self._unread(name, steps, scope)),))
            if not steps:
                return Known(_outputs(children.sole), where)
            return follow(children.sole.output(str(steps[0])), steps[1:], scope, where)
        if not steps:
            values = {key: Known(_outputs(child), where) for key, child in children.members.items()}
            return _collected(children.kind, values, where)
        chosen = _chosen(children, steps, scope, where)
        if chosen is None:
            return Unknown("which instance is meant is not known", where, (Gap(self._unread(name, steps, scope)),))
        if len(steps) == 1:
            return Known(_outputs(chosen), where)
        return follow(chosen.output(str(steps[1])), steps[2:], scope, where)

    def _unread(self, name: str, steps: Steps, scope: Scope) -> str:
        rest = "".join(f".{step}" if isinstance(step, str) else f"[{wording(step, scope)}]" for step in steps)
        return f"{self.prefix}module.{name}{rest}"

    def _resource(self, name: str, steps: Steps, scope: Scope, where: Span) -> Value[object]:
        if name not in self.configuration.resources:
            raise Failure(f"{name} has not been declared")
        expanded = self.expansion(name)
        if expanded.sole is not None:
            if expanded.kind == "unknown" and steps and not isinstance(steps[0], str):
                return self._one_of(name, steps, scope, where)
            return self.program.of(expanded.sole, steps, scope, where)
        if not steps:
            whole: dict[int | str | None, Value[object]] = {
                key: Unknown(_LATER, where, (Reference(one.address, ""),)) for key, one in expanded.members.items()
            }
            return _collected(expanded.kind, whole, where)
        chosen = _chosen(expanded, steps, scope, where)
        if chosen is None:
            return self._one_of(name, steps, scope, where)
        return self.program.of(chosen, steps[1:], scope, where)

    def _one_of(self, name: str, steps: Steps, scope: Scope, where: Span) -> Value[object]:
        """An attribute of an instance that cannot be told: different keys may mean different values."""
        address = self.prefix + name
        text = "".join(f".{step}" if isinstance(step, str) else f"[{wording(step, scope)}]" for step in steps)
        attribute = ".".join(step for step in steps[1:] if isinstance(step, str))
        taken_from = Reference(address, attribute)
        return Unknown("which instance is meant is not known", where, (Gap(address + text),), taken_from=taken_from)


def _outputs(module: Module) -> Mapping[str, Value[object]]:
    return Lazy(module.configuration.outputs, module.output)


def _collected(kind: str, values: Mapping[int | str | None, Value[object]], where: Span) -> Value[object]:
    if kind == "count":
        return Known(tuple(values.values()), where)
    return Known({str(key): value for key, value in values.items()}, where)


def _chosen(expansion: Expansion[T], steps: Steps, scope: Scope, where: Span) -> T | None:
    step, left = steps[0], len(steps)
    if isinstance(step, str):
        detail = f'Because it has "{expansion.kind}" set, its attributes must be accessed on specific instances.'
        raise Failure(detail)
    match evaluate(step, scope, where):
        case Known(key):
            wanted = int(str(key)) if expansion.kind == "count" and str(key).isdigit() else str(key)
            if wanted not in expansion.members:
                why = ": a number is required." if expansion.kind == "count" and number_in(key) is None else "."
                detail = f"The given key does not identify an element in this collection value{why}"
                failure = Failure(detail, "Invalid index", left=left)
                failure.sure = True
                raise failure
            return expansion.members[wanted]
        case _:
            return None


def argument(one: Instance, attribute: str, where: Span) -> Value[object]:
    """An attribute of a resource as others see it: what the program sets, or a reference to what AWS will say."""
    found = one.results.get(attribute)
    if found is None:
        found = one.results[attribute] = _result(one, attribute)
    return placed(found, where)


def _result(one: Instance, attribute: str) -> Value[object]:
    here = Reference(one.address, attribute)
    value: Value[object] | None = None
    if one.block.kind == "data":
        from onetake.frontends.terraform.data_sources import result

        value = result(one, attribute)
    if value is None:
        name = attribute
        if attribute not in one.block.fields:
            name = TERRAFORM_RESULTS.get(one.type, {}).get(attribute, attribute)
        value = one.arguments.get(name)
    match value:
        case Known("") if one.block.kind == "resource":
            # To providers an empty text is often as if nothing were given, and they make a name.
            return Unknown(_LATER, one.block.where, (here,), type="string")
        case Known(inner, place, origin):
            return Known(inner, place, origin or here)
        case Unknown(_, _, parts) if parts and value.origin is None:
            return replace(value, taken_from=here)
        case Unknown(_, _, ()):
            return replace(value, parts=(here,))
        case Unknown():
            return value
        case _:
            kind = _type_of_built_in(one, attribute) if one.type == "terraform_data" else "any"
            return Unknown(_LATER, one.block.where, (here,), type=kind)


def _type_of_built_in(one: Instance, attribute: str) -> object:
    """The type of an attribute of a ``terraform_data``, the only resource that is part of Terraform."""
    if attribute != "output":
        return "string" if attribute == "id" else "any"
    from onetake.frontends.terraform.unification import type_of

    return type_of(one.arguments.get("input", Absent(one.block.where)))


__all__ = ["Module", "argument"]
