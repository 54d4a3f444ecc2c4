"""From a template's data to a stack."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, cast

from onetake.frontends.cloudformation import parameters, structure, transforms
from onetake.frontends.cloudformation.evaluation import Evaluator
from onetake.frontends.cloudformation.intrinsics import Link, links
from onetake.frontends.cloudformation.lazy import LazyObject
from onetake.frontends.cloudformation.places import Rewritten
from onetake.frontends.cloudformation.problems import Problems
from onetake.frontends.cloudformation.scope import Scope
from onetake.frontends.files import Limits
from onetake.model.assumptions import Assumptions
from onetake.model.language import Language, Truth
from onetake.model.records import field, record
from onetake.model.resources import NOTHING, Provider, Resource
from onetake.model.stacks import Engine, SourceFile, Stack
from onetake.model.values import Span, Value

SETTINGS = ("DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy", "Metadata")
_NOWHERE: frozenset[str] = frozenset()


@record
class Setting:
    """What a template is read with, besides its text."""

    name: str
    file: str
    assumptions: Assumptions
    limits: Limits
    given: Mapping[str, str] = field(default_factory=dict)
    """Parameter values by name."""
    undecided: frozenset[str] = _NOWHERE
    """Parameters that are given a value which only the deployment knows."""
    account: str | None = None

    @property
    def region(self) -> str | None:
        """Where the stack is deployed, if anybody said."""
        return self.assumptions.region if self.assumptions.region_given else None


class Template:
    """One template while it is read."""

    def __init__(self, data: Any, source: SourceFile, setting: Setting, problems: Problems) -> None:
        self.setting = setting
        self.problems = problems
        self.written = data
        """The data as it stands in the file, before transforms."""
        self.scope = Scope(setting.file, setting.limits, setting.region, setting.account)
        # Transforms need the parameters and mappings, and may change everything else.
        if isinstance(data, dict):
            self._declare(data)
        self._preprocessed(data, source.text)
        data, moved = transforms.carried_out(data, self.scope, setting, problems)
        self.source: SourceFile = Rewritten(source, moved) if moved else source
        self.sections = structure.sections(data, problems)
        self._declare(self.sections)
        self.scope.resources = self.sections["Resources"]
        self.evaluator = Evaluator(self.scope)
        self._links: dict[str, tuple[Link, ...]] = {}

    def _preprocessed(self, data: Any, text: str) -> None:
        """Say what only other tools, or the account, fill in."""
        if "Fn::Transform" in text:
            self.problems.unread((), "not carried out: Fn::Transform runs in the account")
            self.problems.opaque = True
        if "Rain::" in text or (isinstance(data, dict) and "Modules" in data):
            self.problems.unread(
                (), "not carried out: modules and Rain's directives are filled in before it is deployed"
            )
            self.problems.opaque = True

    def _declare(self, data: Mapping[str, Any]) -> None:
        declared, mappings, conditions = (data.get(name) for name in ("Parameters", "Mappings", "Conditions"))
        self.scope.mappings = mappings if isinstance(mappings, dict) else {}
        self.scope.conditions = conditions if isinstance(conditions, dict) else {}
        self.scope.truths.clear()
        self.scope.parameters = {
            name: parameters.value(name, body, self.setting, self._span("Parameters", name))
            for name, body in (declared.items() if isinstance(declared, dict) else ())
        }

    def _span(self, *path: str) -> Span:
        return Span(self.setting.file, path)

    def links(self, name: str) -> tuple[Link, ...]:
        """What the properties of a resource refer to."""
        found = self._links.get(name)
        if found is None:
            written = self.sections["Resources"][name].get("Properties")
            found = self._links[name] = tuple(links(written, ("Resources", name, "Properties")))
        return found

    def stack(self) -> Stack:
        """The stack that the template describes."""
        provider = Provider("aws", cast("Value[str]", self.scope.pseudo("AWS::Region", self._span())))
        resources: dict[str, Resource] = {}
        for name, body in self.sections["Resources"].items():
            exists = self._exists(body)
            if exists is not Truth.NO:
                resources[name] = self._resource(name, body, provider, exists)
        structure.check(self, resources)
        parameters.check(self.sections["Parameters"], self.setting, self.problems)
        outputs = {name: body.get("Value") for name, body in self.sections["Outputs"].items() if isinstance(body, dict)}
        stack = Stack(
            name=self.setting.name,
            language=Language.CLOUDFORMATION,
            where=self._span(),
            engine=Engine("cloudformation"),
            resources=resources,
            assumptions=self.setting.assumptions,
            sources={self.setting.file: self.source},
            providers=(provider,),
            variables=self.scope.parameters,
            outputs=LazyObject(outputs, self._span("Outputs"), self._output),
            findings=self.problems.findings,
            notes=self.problems.notes,
            whole=self.problems.whole,
            construct_tool="cdk" if any(resource.construct for resource in resources.values()) else "",
        )
        stack.memo[Template] = self
        return stack

    def _output(self, data: object, where: Span) -> Value[object]:
        return self.evaluator.evaluate(data, where / "Value")

    def _exists(self, body: Mapping[str, Any]) -> Truth:
        condition = body.get("Condition")
        return self.evaluator.condition(condition) if isinstance(condition, str) else Truth.YES

    def _resource(self, name: str, body: Mapping[str, Any], provider: Provider, exists: Truth) -> Resource:
        written = {key: body[key] for key in SETTINGS if key in body}
        where = self._span("Resources", name)
        metadata = body.get("Metadata")
        construct = metadata.get("aws:cdk:path", "") if isinstance(metadata, dict) else ""
        return Resource(
            language=Language.CLOUDFORMATION,
            address=name,
            type=body["Type"],
            where=where,
            arguments=self.evaluator.properties(name),
            provider=provider,
            depends_on=structure.depends_on(body),
            references=partial(self._references, name),
            exists=exists,
            construct=construct if isinstance(construct, str) else "",
            settings=self.evaluator.object_at(written, where) if written else NOTHING,
        )

    def _references(self, name: str) -> frozenset[str]:
        resources = self.sections["Resources"]
        return frozenset(link.target for link in self.links(name) if link.target in resources)


def template_of(stack: Stack) -> Template | None:
    """The template that ``stack`` was read from; ``None`` for a stack of another language."""
    found = stack.memo.get(Template)
    return found if isinstance(found, Template) else None
