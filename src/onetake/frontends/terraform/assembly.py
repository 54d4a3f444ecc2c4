"""From an evaluated program to a stack."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from onetake.frontends.terraform import dependencies, inputs, requirements
from onetake.frontends.terraform.declarations import Configuration, Declaration
from onetake.frontends.terraform.engines import backends, engine
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.instances import Instance, arguments, settings
from onetake.frontends.terraform.lazy import Lazy
from onetake.frontends.terraform.modules import Module
from onetake.frontends.terraform.program import Program
from onetake.model.language import Language, Truth
from onetake.model.resources import Mode, Provider, Resource
from onetake.model.stacks import SourceFile, Stack
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
        engine=engine(root, tofu=requirements.is_tofu(program)),
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
    found.memo[Program] = program
    found.findings = findings(program, modules, found)
    program.notes.extend(inputs.notes(program))
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
            for kind, backend in backends(block):
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
        references=_Once(partial(_named_by, module, block)),
        exists=Truth.YES,
        construct=block.construct,
    )


def _named_by(module: Module, block: Declaration) -> frozenset[str]:
    return dependencies.reached(module, block.used())
