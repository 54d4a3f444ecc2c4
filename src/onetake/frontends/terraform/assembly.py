"""From an evaluated program to a stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from onetake.frontends.terraform import dependencies
from onetake.frontends.terraform.declarations import Configuration, Declaration, Fields
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.instances import Instance, arguments, settings
from onetake.frontends.terraform.lazy import Lazy
from onetake.frontends.terraform.modules import Module
from onetake.frontends.terraform.program import Program
from onetake.frontends.terraform.syntax.nodes import Literal, Node, Object, Tuple
from onetake.model.language import Language, Truth
from onetake.model.resources import Mode, Provider, Resource
from onetake.model.stacks import Engine, SourceFile, Stack
from onetake.model.values import Absent, Gap, Span, Unknown, Value


def stack(program: Program, name: str, tool: str = "") -> Stack:
    """The stack that ``program`` is."""
    resources: dict[str, Resource] = {}
    declared: list[Provider] = []
    modules: list[Module] = []
    for module in program.modules():
        modules.append(module)
        for resource in _settings(module, declared):
            resources.setdefault(resource.address, resource)
        for resource in _resources(module):
            resources[resource.address] = resource
    root = program.root.configuration
    from onetake.frontends.terraform.checks import findings

    found = Stack(
        name=name,
        language=Language.TERRAFORM,
        where=Span(_first_file(root)),
        engine=engine(root),
        resources=resources,
        assumptions=program.assumptions,
        sources=_sources(program),
        providers=declared,
        variables=Lazy(root.variables, partial(_variable, program.root)),
        outputs=Lazy(root.outputs, partial(_output, program.root)),
        notes=program.notes,
        whole=program.whole and not any(one.broken for one in program.configurations.values()),
        construct_tool=tool,
    )
    found.findings = findings(program, modules, found)
    return found


def _first_file(root: Configuration) -> str:
    return next(iter(root.sources), root.folder)


def _sources(program: Program) -> dict[str, SourceFile]:
    found: dict[str, SourceFile] = {}
    for configuration in program.configurations.values():
        found.update(configuration.sources)
    return found


def _variable(root: Module, name: str) -> Value[object]:
    where = root.configuration.variables[name].where
    try:
        return root.variable(name)
    except Failure as failure:
        return Unknown(str(failure), where, (Gap(f"var.{name}"),))


def _output(root: Module, name: str) -> Value[object]:
    try:
        return root.output(name)
    except Failure:
        return Absent(root.configuration.outputs[name].where)


def _resources(module: Module) -> Iterator[Resource]:
    for name, block in module.configuration.resources.items():
        try:
            expanded = module.expansion(name)
        except Failure:
            continue
        provider = module.program.provider(block, module)
        ordered = dependencies.explicit(block, module)
        references = _Once(partial(dependencies.implied, block, module))
        for one in expanded.members.values():
            yield _resource(one, provider, ordered, references)


class _Once:
    """What dependencies lead to, worked out for all instances at the first question."""

    __slots__ = ("_find", "_found")

    def __init__(self, find: partial[frozenset[str]]) -> None:
        self._find = find
        self._found: frozenset[str] | None = None

    def __call__(self) -> frozenset[str]:
        if self._found is None:
            self._found = self._find()
        return self._found


def _resource(one: Instance, provider: Provider, ordered: tuple[str, ...], references: _Once) -> Resource:
    block = one.block
    data = block.kind == "data"
    return Resource(
        language=Language.TERRAFORM,
        address=one.address,
        type=f"data.{one.type}" if data else one.type,
        where=block.where,
        arguments=one.arguments,
        provider=provider,
        declaration=one.declaration,
        mode=Mode.DATA if data else Mode.MANAGED,
        depends_on=ordered,
        references=references,
        exists=one.exists,
        construct=block.construct,
        settings=settings(block, one.scope),
    )


def _settings(module: Module, declared: list[Provider]) -> Iterator[Resource]:
    """The blocks that configure Terraform: ``terraform``, its backend, the providers."""
    configuration = module.configuration
    if module.parent is None:
        for block in configuration.settings:
            yield _setting(block, "terraform", "terraform", module, Provider("terraform", Absent(block.where)))
            for kind, backend in _backends(block):
                name = f"terraform.backend.{kind}" if kind else "terraform.cloud"
                yield _setting(backend, name, name, module, Provider("terraform", Absent(backend.where)))
    for name, block in configuration.providers.items():
        provider = module.program.providing.called(name, module)
        declared.append(provider)
        base = name.partition(".")[0]
        yield _setting(block, f"provider.{base}", f"{module.prefix}provider.{name}", module, provider)


def _setting(block: Declaration, kind: str, address: str, module: Module, provider: Provider) -> Resource:
    return Resource(
        language=Language.TERRAFORM,
        address=address,
        type=kind,
        where=block.where,
        arguments=arguments(block, module.scope),
        provider=provider,
        declaration=address,
        mode=Mode.SETTING,
        references=_Once(partial(dependencies.reached, module, block.uses)),
        exists=Truth.YES,
        construct=block.construct,
    )


def _backends(block: Declaration) -> Iterator[tuple[str, Declaration]]:
    for kind, fields, where in _labelled(block.fields.get("backend"), block.where / "backend"):
        yield kind, Declaration("backend", (kind,), where, partial(dict, fields))
    for fields, where in _objects(block.fields.get("cloud"), block.where / "cloud"):
        yield "", Declaration("cloud", (), where, partial(dict, fields))


def _labelled(node: Node | None, where: Span) -> Iterator[tuple[str, Fields, Span]]:
    """Blocks with one label, in either syntax."""
    for fields, place in _objects(node, where):
        for label, inner in fields.items():
            # Native syntax finds a labelled block by its label alone.
            base = place / label if place.file.endswith(".json") else where / label
            for body, there in _objects(inner, base):
                yield label, body, there


def _objects(node: Node | None, where: Span) -> Iterator[tuple[dict[str, Node], Span]]:
    match node:
        case Object(items):
            yield {str(key.value): inner for key, inner in items if isinstance(key, Literal)}, where
        case Tuple(items):
            for place, item in enumerate(items):
                yield from _objects(item, where / place)
        case _:
            return


def engine(root: Configuration) -> Engine:
    """What deploys a configuration, in which versions."""
    constraints: list[str] = []
    providers: dict[str, str] = {}
    for block in root.settings:
        required = block.fields.get("required_version")
        if isinstance(required, Literal) and isinstance(required.value, str):
            constraints.append(required.value)
        for fields, _ in _objects(block.fields.get("required_providers"), block.where):
            providers.update(_required(fields))
    return Engine("opentofu" if root.tofu else "terraform", ", ".join(constraints), providers)


def _required(fields: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    for name, node in fields.items():
        if isinstance(node, Literal):
            yield f"hashicorp/{name}", str(node.value)
        for body, _ in _objects(node, Span("")):
            source = getattr(body.get("source"), "value", None) or f"hashicorp/{name}"
            yield str(source), str(getattr(body.get("version"), "value", None) or "")


__all__ = ["engine", "stack"]
