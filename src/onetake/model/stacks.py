"""A stack: one deployable unit, read from a program by a frontend."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from onetake.model.assumptions import Assumptions
from onetake.model.findings import Finding, Note, Position
from onetake.model.graph import Graph
from onetake.model.language import Language
from onetake.model.records import field, record
from onetake.model.resources import Provider, Resource
from onetake.model.values import Reference, Span, Value


class SourceFile(Protocol):
    """A file that a stack was read from; it is searched for positions only when one is shown."""

    @property
    def text(self) -> str:
        """The whole file, decoded."""

    def locate(self, path: tuple[str | int, ...]) -> Position | None:
        """Where the value at ``path`` stands; the nearest enclosing place when it is not written out."""


@record
class Engine:
    """What deploys a stack."""

    tool: str
    """``terraform``, ``opentofu`` or ``cloudformation``."""
    constraint: str = ""
    """The version constraint as written (``required_version``); empty when any version is admitted."""
    providers: Mapping[str, str] = field(default_factory=dict)
    """Version constraints of the providers by source (``hashicorp/aws``)."""


@record(frozen=False, eq=False, slots=False)
class Stack:
    """Everything a frontend read of one deployable unit."""

    name: str
    language: Language
    where: Span
    engine: Engine
    resources: Mapping[str, Resource]
    """By address, in the order of the program: managed resources, data sources and settings."""
    assumptions: Assumptions
    sources: Mapping[str, SourceFile] = field(default_factory=dict)
    providers: Sequence[Provider] = ()
    variables: Mapping[str, Value[object]] = field(default_factory=dict)
    outputs: Mapping[str, Value[object]] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    """What the frontend itself found wrong: syntax, types, cycles."""
    notes: Sequence[Note] = ()
    """What was not read, and why."""
    whole: bool = True
    """False when part of the program was not read, so that nothing can be said to be missing from it."""
    construct_tool: str = ""
    """``cdktf``, ``cdktn`` or ``cdk`` when the program was synthesized."""
    before: Stack | None = None
    """What is deployed now, where the program is a plan; its resources say what happens to them."""
    after: Stack | None = None
    """What a plan makes of this stack, where it is the one that is deployed now."""
    secrets: Collection[str] = ()
    """Known texts that no report may show."""

    @cached_property
    def graph(self) -> Graph:
        """The dependencies between the resources."""
        return Graph(self.resources)

    @cached_property
    def by_type(self) -> Mapping[str, Sequence[Resource]]:
        """The resources of each type, in the order of the program."""
        types: dict[str, list[Resource]] = {}
        for resource in self.resources.values():
            types.setdefault(resource.type, []).append(resource)
        return types

    @cached_property
    def by_declaration(self) -> Mapping[str, Sequence[Resource]]:
        """The instances of each declaration."""
        declarations: dict[str, list[Resource]] = {}
        for resource in self.resources.values():
            declarations.setdefault(resource.declaration, []).append(resource)
        return declarations

    def at(self, reference: Reference | str | None) -> Resource | None:
        """The resource that ``reference`` points to, if it is in this stack and can be told from its siblings."""
        if reference is None:
            return None
        target = reference.target if isinstance(reference, Reference) else reference
        found = self.resources.get(target)
        if found is None:
            instances = self.by_declaration.get(target, ())
            found = instances[0] if len(instances) == 1 else None
        return found

    def position(self, span: Span) -> Position | None:
        """Line and column of ``span``."""
        source = self.sources.get(span.file)
        return source.locate(span.path) if source else None

    @cached_property
    def memo(self) -> dict[object, object]:
        """Answers that mechanisms keep for this stack, by a key of their own."""
        return {}
