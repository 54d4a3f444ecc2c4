"""From a template's text to a stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from onetake.frontends.cloudformation import checks, extensions
from onetake.frontends.cloudformation.evaluation import Evaluator
from onetake.frontends.cloudformation.lazy import LazyValues
from onetake.frontends.cloudformation.template import Template
from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.model.findings import Finding, Note
from onetake.model.language import Language, Truth
from onetake.model.resources import Provider, Resource
from onetake.model.stacks import Engine, SourceFile, Stack
from onetake.model.values import Known, Span

SETTINGS = ("DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy", "Metadata")
REMEDY = "mend the syntax; onetake can judge the template only when it can be read"


@dataclass(slots=True)
class Document:
    """A file as data, with what is needed to point into it."""

    source: SourceFile
    data: Any
    findings: list[Finding]


def document(text: str, file: str, options: Options) -> Document:
    """The data in ``text``, which is JSON or YAML.

    Raises:
        Unreadable: it is neither, or exceeds a limit.
    """
    if text.lstrip().startswith("{"):
        return _json(text, file, options)
    from onetake.frontends.yaml_source import YamlProblem, YamlSource

    try:
        source = YamlSource(text, options.limits)
    except YamlProblem as problem:
        raise Unreadable(
            Span(file), f"{file}: {problem.message}", REMEDY, line=problem.line, column=problem.column
        ) from problem
    repeated = [checks.repeated_key(Span(file, (*path, key)), key, at.line) for path, key, at in source.repeated]
    return Document(source, source.data, repeated)


def _json(text: str, file: str, options: Options) -> Document:
    from onetake.frontends.json_source import JsonProblem, JsonSource, parse, position, repeated_keys

    try:
        data = parse(text, options.limits.depth)
    except JsonProblem as problem:
        raise Unreadable(
            Span(file), f"{file}: {problem.message}", REMEDY, line=problem.line, column=problem.column
        ) from problem
    found = []
    for key, offset in repeated_keys(text):
        line = position(text, offset, offset).line
        found.append(checks.repeated_key(Span(file), key, line))
    return Document(JsonSource(text), data, found)


def read_template(path: Path, options: Options) -> list[Stack]:
    """The stack of a template, and those of the nested templates that lie beside it.

    Raises:
        Unreadable: the file cannot be read or is no template.
    """
    file = shown(path, options)
    found = document(read_text(path, options), file, options)
    if not isinstance(found.data, Mapping) or "Resources" not in found.data:
        raise Unreadable(Span(file), f"{file} is not a CloudFormation template: it has no Resources", "check the file")
    stack = stack_of(found, path, options)
    return [stack, *_nested(stack, path, options, depth=0)]


def stack_of(
    found: Document, path: Path, options: Options, *, name: str = "", given: Mapping[str, str] | None = None
) -> Stack:
    """The stack that a document describes."""
    file = shown(path, options)
    body, notes, whole = extensions.prepared(found.data, file, options)
    template = Template(file, body, options.parameters if given is None else given)
    reader = _Stack(template, Evaluator(template, options.assumptions))
    resources = reader.resources()
    stack = Stack(
        name=name or path.name.split(".")[0],
        language=Language.CLOUDFORMATION,
        where=Span(file),
        engine=Engine("cloudformation"),
        resources=resources,
        assumptions=options.assumptions,
        sources={file: found.source},
        providers=(reader.provider,),
        outputs={
            key: reader.evaluator.value(one.get("Value"), Span(file, ("Outputs", key, "Value")))
            for key, one in template.section("Outputs").items()
            if isinstance(one, Mapping)
        },
        notes=notes,
        whole=whole,
        construct_tool="cdk" if any(resource.construct for resource in resources.values()) else "",
    )
    stack.findings = (*found.findings, *checks.findings(template, stack))
    return stack


class _Stack:
    """Resources of one template."""

    def __init__(self, template: Template, evaluator: Evaluator) -> None:
        self.template = template
        self.evaluator = evaluator

    @cached_property
    def provider(self) -> Provider:
        return Provider("aws", self.evaluator.region)

    def resources(self) -> dict[str, Resource]:
        found: dict[str, Resource] = {}
        for name, body in self.template.resources.items():
            condition = body.get("Condition")
            exists = self.evaluator.conditions.named(condition) if isinstance(condition, str) else Truth.YES
            if exists is not Truth.NO:
                found[name] = self._resource(name, body, exists)
        return found

    def _resource(self, name: str, body: Mapping[str, Any], exists: Truth) -> Resource:
        where = self.template.span("Resources", name)
        properties = body.get("Properties")
        depends = body.get("DependsOn") or ()
        metadata = body.get("Metadata")
        construct = metadata.get("aws:cdk:path", "") if isinstance(metadata, Mapping) else ""
        return Resource(
            language=Language.CLOUDFORMATION,
            address=name,
            type=body["Type"],
            where=where,
            arguments=LazyValues(
                properties if isinstance(properties, Mapping) else {}, self.evaluator, where / "Properties"
            ),
            provider=self.provider,
            depends_on=(depends,) if isinstance(depends, str) else tuple(str(one) for one in depends),
            references=_References(properties, self.template),
            exists=exists,
            construct=construct if isinstance(construct, str) else "",
            settings=LazyValues({key: body[key] for key in SETTINGS if key in body}, self.evaluator, where),
        )


class _References:
    """The resources that properties refer to, looked for when the graph is."""

    def __init__(self, properties: Any, template: Template) -> None:
        self._properties = properties
        self._template = template

    def __call__(self) -> frozenset[str]:
        declared = self._template.resources
        return frozenset(name for name in mentioned(self._properties) if name in declared)


def mentioned(data: Any) -> Iterator[str]:
    """Every name that ``Ref``, ``Fn::GetAtt`` and ``Fn::Sub`` in ``data`` mention."""
    from onetake.frontends.cloudformation.evaluation import HOLE

    pending = [data]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, Mapping):
            for key, inner in item.items():
                if key == "Ref" and isinstance(inner, str):
                    yield inner
                elif key == "Fn::GetAtt":
                    first = inner.split(".", 1)[0] if isinstance(inner, str) else inner[0] if inner else ""
                    yield str(first)
                elif key == "Fn::Sub":
                    text = inner[0] if isinstance(inner, list) and inner else inner
                    own = (
                        inner[1] if isinstance(inner, list) and len(inner) > 1 and isinstance(inner[1], Mapping) else {}
                    )
                    if isinstance(text, str):
                        yield from (
                            hole[2].split(".")[0] for hole in HOLE.finditer(text) if not hole[1] and hole[2] not in own
                        )
                pending.append(inner)


def _nested(stack: Stack, path: Path, options: Options, depth: int) -> Iterator[Stack]:
    """The stacks of nested templates with a local path, under the parameters they are given."""
    for resource in stack.by_type.get("AWS::CloudFormation::Stack", ()):
        match resource.argument("TemplateURL"):
            case Known(str() as url) if "://" not in url and depth < 5:
                nested = path.parent / url
            case _:
                continue
        try:
            found = document(read_text(nested, options), shown(nested, options), options)
        except Unreadable as problem:
            stack.notes = (*stack.notes, Note(resource.where, f"nested template {url} was not read: {problem.message}"))
            continue
        if isinstance(found.data, Mapping) and "Resources" in found.data:
            given: dict[str, str] = {}
            match resource.argument("Parameters"):
                case Known(Mapping() as values):
                    given = {key: str(one.value) for key, one in values.items() if isinstance(one, Known)}
            inner = stack_of(found, nested, options, name=f"{stack.name}/{resource.address}", given=given)
            yield inner
            yield from _nested(inner, nested, options, depth + 1)
