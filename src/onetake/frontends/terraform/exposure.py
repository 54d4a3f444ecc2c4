"""Sensitive and ephemeral values where Terraform does not take them.

Sensitive ones in outputs of the root that do not say so and as ``for_each``; ephemeral ones in whatever is kept:
arguments that are not write-only, outputs and arguments of modules that are not declared for them, ``count``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import META, Declaration, Mistake
from onetake.frontends.terraform.marks import EPHEMERAL, NONE, PLANNED, SENSITIVE, Marks, says
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.sources import NativeSource
from onetake.frontends.terraform.syntax.nodes import Dynamic, Literal, Node, Object, Tuple
from onetake.model.language import Truth
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program
    from onetake.knowledge.terraform.schema import BlockSchema, ProviderSchema

RULES = {SENSITIVE: "terraform-sensitive-value", EPHEMERAL: "terraform-ephemeral-value"}
_KEPT = META - {"timeouts"}
_OUTPUT = (
    "To reduce the risk of accidentally exporting sensitive data that was intended to be only internal, Terraform "
    "requires that any root module output containing sensitive data be explicitly marked as sensitive, to confirm your "
    "intent.\n\nIf you do intend to export this data, annotate the output value as sensitive by adding the following "
    "argument:\n"
    "    sensitive = true"
)
_FOR_EACH = {
    SENSITIVE: "Sensitive values, or values derived from sensitive values, cannot be used as for_each arguments. If "
    "used, the sensitive value could be exposed as a resource instance key.",
    EPHEMERAL: 'The given "for_each" value is derived from an ephemeral value, which means that Terraform cannot '
    "persist it between plan/apply rounds. Use only non-ephemeral values to specify a resource's instance keys.",
}
_COUNT = (
    'The given "count" is derived from an ephemeral value, which means that Terraform cannot persist it between '
    "plan/apply rounds. Use only non-ephemeral values to specify the number of resource instances."
)
_NOT_ALLOWED = "Ephemeral value not allowed"
_OF_OUTPUT = (
    "This output value is not declared as returning an ephemeral value, so it cannot be set to a result derived from "
    "an ephemeral value."
)
_OF_VARIABLE = (
    "This input variable is not declared as accepting a ephemeral values, so it cannot be set to a result derived from "
    "an ephemeral value."
)
_OF_ROOT = "Ephemeral outputs are not allowed in context of a root module"
_NOT_EPHEMERAL = (
    "This output value is declared as returning an ephemeral value, so it can only be set to an ephemeral value."
)
_KEEPS = "it is not a write-only attribute and must be persisted to state"


def mistakes(program: Program, modules: Sequence[Module]) -> Iterator[Mistake]:
    """Every such place in a program, once."""
    judge = program.exposure
    sure = [one for one in modules if not (one.configuration.broken or one.configuration.partial)]
    found = [judge.exported(), judge.repeated(sure, SENSITIVE)]
    if any(_makes_ephemeral(module) for module in sure):
        found += [judge.repeated(sure, EPHEMERAL), judge.passed_on(sure), judge.kept(sure)]
    seen: set[tuple[Span, str]] = set()
    for mistake in (one for some in found for one in some):
        if (mistake.where, mistake.detail) not in seen and not (mistake.stage == "plan" and program.library):
            seen.add((mistake.where, mistake.detail))
            yield mistake


class Exposure:
    """Where the marked values of a program go."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._marks = {mark: Marks(mark, self._secret) for mark in (SENSITIVE, EPHEMERAL)}

    @cached_property
    def _schemas(self) -> tuple[ProviderSchema, ...]:
        from onetake.frontends.terraform.schemas.versions import admitted

        return admitted(self.program).schemas

    def _bodies(self, kind: str, type_: str) -> list[BlockSchema]:
        """What a type looks like in each version of the provider that is admitted; nothing where it is not known."""
        from onetake.frontends.terraform.schemas.declared import KINDS, PREFIX

        if not type_.startswith(PREFIX):
            return []
        found = [schema.of(KINDS[kind]).get(type_) for schema in self._schemas]
        return [one.body for one in found if one is not None] if all(found) else []

    def _secret(self, kind: str, type_: str) -> Iterable[str]:
        """The attributes that the admitted versions call sensitive, or, where they are silent, one that is known."""
        bodies = self._bodies(kind, type_)
        for name in bodies[0].attributes if bodies else ():
            told = [body.attributes[name].sensitive if name in body.attributes else False for body in bodies]
            if False not in told and (True in told or name in self._elsewhere(kind, type_)):
                yield name

    @staticmethod
    @cache
    def _elsewhere(kind: str, type_: str) -> frozenset[str]:
        from onetake.frontends.terraform.schemas.declared import KINDS
        from onetake.knowledge.terraform import provider_schema, schema_versions

        found = [provider_schema(version).of(KINDS[kind]).get(type_) for version in schema_versions()]
        return frozenset(
            name for one in found if one for name, attribute in one.body.attributes.items() if attribute.sensitive
        )

    def marked(self, mark: str, node: Node, module: Module) -> bool:
        """Whether a value surely has a mark when Terraform plans."""
        return self._marks[mark].of(node, module) != NONE

    def exported(self) -> Iterator[Mistake]:
        """Outputs of the root."""
        root = self.program.root
        if root.configuration.broken:
            return
        for block in root.configuration.outputs.values():
            node = block.fields.get("value")
            flag = block.fields.get("sensitive", Literal(False))
            if node is not None and isinstance(flag, Literal) and not says(block, SENSITIVE):
                found = self._marks[SENSITIVE].of(node, root)
                if found:
                    summary = "Output refers to sensitive values"
                    yield _seen(found, Mistake(RULES[SENSITIVE], summary, _OUTPUT, block.where))
            if says(block, EPHEMERAL) and not root.configuration.partial:
                yield Mistake(RULES[EPHEMERAL], "Ephemeral output not allowed", _OF_ROOT, block.where)

    def repeated(self, modules: Iterable[Module], mark: str) -> Iterator[Mistake]:
        """``for_each`` and ``count``."""
        for module in modules:
            configuration = module.configuration
            for block in (*configuration.resources.values(), *configuration.calls.values()):
                for name in ("for_each", "count") if mark == EPHEMERAL else ("for_each",):
                    node = block.fields.get(name)
                    found = self._marks[mark].of(node, module, inside=False) if node is not None else NONE
                    if node is not None and found and _reached(found, module):
                        detail = _COUNT if name == "count" else _FOR_EACH[mark]
                        where = exactly(block.where / name, (node.start, node.end))
                        summary, owner = f"Invalid {name} argument", _address(block, module)
                        yield _seen(found, Mistake(RULES[mark], summary, detail, where, owner))

    def passed_on(self, modules: Iterable[Module]) -> Iterator[Mistake]:
        """Outputs, and arguments of modules."""
        marks = self._marks[EPHEMERAL]
        for module in modules:
            for block in module.configuration.outputs.values():
                node = block.fields.get("value")
                if node is None or (says(block, EPHEMERAL) and module.parent is None):
                    continue
                where = exactly(block.where / "value", (node.start, node.end))
                if says(block, EPHEMERAL):
                    if not block.uses.get("value"):
                        yield Mistake(RULES[EPHEMERAL], "Value not allowed in ephemeral output", _NOT_EPHEMERAL, where)
                    continue
                found = marks.of(node, module)
                if found and _reached(found, module):
                    yield _seen(found, Mistake(RULES[EPHEMERAL], _NOT_ALLOWED, _OF_OUTPUT, where))
            if module.call is not None and module.parent is not None:
                yield from self._arguments(module.call, module, module.parent)

    def _arguments(self, call: Declaration, module: Module, parent: Module) -> Iterator[Mistake]:
        for name, block in module.configuration.variables.items():
            node = call.fields.get(name)
            if node is not None and not says(block, EPHEMERAL):
                found = self._marks[EPHEMERAL].of(node, parent, call)
                if found and _reached(found, module):
                    where = exactly(call.where / name, (node.start, node.end))
                    yield _seen(found, Mistake(RULES[EPHEMERAL], _NOT_ALLOWED, _OF_VARIABLE, where))

    def kept(self, modules: Iterable[Module]) -> Iterator[Mistake]:
        """Arguments of resources and data sources."""
        for module in modules:
            for block in module.configuration.resources.values():
                for name in block.uses:
                    if name not in _KEPT:
                        yield from self._argument(name, block, module)

    def _argument(self, name: str, block: Declaration, module: Module) -> Iterator[Mistake]:
        node = block.fields[name]
        found = self._marks[EPHEMERAL].of(node, module, block)
        if not found or (found == PLANNED and ("count" in block.fields or not _reached(found, module))):
            return
        reason = self._reason(name, block)
        if reason:
            detail = f'Ephemeral values are not valid for "{name}", because {reason}.'
            where = _brace(block, module) if _of_blocks(node) else exactly(block.where / name, (node.start, node.end))
            summary = "Invalid use of ephemeral value"
            yield _seen(found, Mistake(RULES[EPHEMERAL], summary, detail, where, _address(block, module)))

    def _reason(self, name: str, block: Declaration) -> str:
        """Why an argument does not take ephemeral values; empty where it may."""
        if block.labels[0] in ("terraform_data", "terraform_remote_state"):
            return _KEEPS
        bodies = self._bodies(block.kind, block.labels[0])
        if bodies and all(name in body.blocks for body in bodies):
            return "it is not an assignable attribute"
        known = [body.attributes[name].write_only for body in bodies if name in body.attributes]
        return _KEEPS if known and len(known) == len(bodies) and _never_write_only(name, known) else ""


def _never_write_only(name: str, told: Sequence[bool | None]) -> bool:
    """Whether no version takes an argument without keeping it; of some versions only the names are known."""
    return True not in told and (None not in told or not name.endswith("_wo"))


def _seen(found: int, mistake: Mistake) -> Mistake:
    """The mistake at the stage that sees the mark."""
    mistake.stage = "plan" if found == PLANNED else ""
    return mistake


def _reached(found: int, module: Module) -> bool:
    """Whether Terraform gets there: ``validate`` looks at modules that have no instances, too."""
    return found != PLANNED or module.exists is Truth.YES


def _makes_ephemeral(module: Module) -> bool:
    configuration = module.configuration
    return any(block.kind == "ephemeral" for block in configuration.others) or any(
        says(block, EPHEMERAL) for block in (*configuration.variables.values(), *configuration.outputs.values())
    )


def _of_blocks(node: Node) -> bool:
    items = node.items if isinstance(node, Tuple) else (node,)
    return any(isinstance(item, Dynamic) or (isinstance(item, Object) and item.block) for item in items)


def _brace(block: Declaration, module: Module) -> Span:
    source = module.configuration.sources.get(block.where.file)
    return source.brace(block.where) if isinstance(source, NativeSource) else block.where


def _address(block: Declaration, module: Module) -> str:
    return module.prefix + block.name if block.kind in ("resource", "data") else ""
