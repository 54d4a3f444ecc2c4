"""Asking the provider about every resource of a stack, and putting its answers beside ours."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onetake.analysis.exact import programs
from onetake.analysis.runner import once
from onetake.frontends.terraform.program import program_of
from onetake.knowledge.terraform.schema import Kind
from onetake.model.findings import Confidence, Finding, Note, Severity, Stage
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Known, ObjectValue, Span

if TYPE_CHECKING:
    from onetake.knowledge.terraform.schema import ProviderSchema
    from onetake.providers.client import Provider
    from onetake.providers.messages import Diagnostic
    from onetake.providers.process import ProviderFailure

RULE = "terraform-provider-refusal"
_SEVERAL = re.compile(r"\d+ errors? occurred:")
"""The headline of errors that the provider puts together."""
MOST = 5_000
"""How many resources are asked about at most."""
AT_ONCE = 4
"""How many are asked about at a time."""
_NETWORK = ("connection refused", "operation error", "RequestError", "dial tcp", "no valid credential")
"""What answers hold that are about the network, which is kept away, and not about the program."""
_OF_PROVIDER = frozenset({"terraform-read-only-argument", "terraform-plan-refused"})
"""Findings of the Terraform reader that the provider decides; Terraform itself decides the others."""


@record
class Answered:
    """The provider's answer about one resource."""

    resource: Resource
    certain: bool
    """Whether it was told every value."""
    errors: tuple[tuple[Stage, Diagnostic], ...]
    secrets: frozenset[str] = frozenset()
    """The arguments whose values no report may show."""

    def secret(self, said: Diagnostic) -> bool:
        """Whether an error is about a secret value."""
        return any(name in self.secrets for name in said.path)


@record
class Exact:
    """The findings of a stack after the provider was asked, and what there is to tell about that."""

    findings: Sequence[Finding]
    notes: Sequence[Note]


def confirm(stack: Stack, findings: Sequence[Finding]) -> Exact:
    """``findings`` with the provider's own answers, which win over ours.

    Raises:
        Misconfigured: there is no provider on this machine that could be asked.
    """
    program = program_of(stack)
    asked = [one for one in stack.resources.values() if _is_asked(one)]
    if program is None or not asked:
        return Exact(findings, ())
    began = time.monotonic()
    path, version = programs.binary(program)
    with programs.started(path) as provider:
        conversation = _Conversation(provider, programs.schemas(provider, version))
        answers = list(conversation.answers(asked[:MOST], stack))
    new = [found for found in _refusals(answers, stack) if not _told(found, findings)]
    left, denied = _compared(answers, findings)
    took = time.monotonic() - began
    told = (
        f"version {version} of the AWS provider was asked about {len(answers)} of {len(asked)} resources in "
        f"{took:.1f} s: {len(new)} refusals that were not predicted, {len(denied)} predictions that it does not confirm"
    )
    notes = [Note(stack.where, told, missing=False), *conversation.notes]
    for one in denied:
        said = f"{one.rule} was left out for {one.resource}: the AWS provider {version} takes it"
        notes.append(Note(one.where, said, missing=False))
    return Exact([*left, *once(new)], notes)


def _is_asked(resource: Resource) -> bool:
    name = resource.type.removeprefix("data.")
    return resource.mode in (Mode.MANAGED, Mode.DATA) and name.startswith("aws_") and resource.provider.name == "aws"


@record
class _Question:
    """What the provider is told of a resource."""

    resource: Resource
    kind: Kind
    data: dict[str, Any]


class _Conversation:
    """One run of the provider's program."""

    def __init__(self, provider: Provider, schemas: ProviderSchema) -> None:
        self._provider = provider
        self._schemas = schemas
        self.notes: list[Note] = []

    def answers(self, resources: Iterable[Resource], stack: Stack) -> Iterator[Answered]:
        """What the provider says of each resource, as far as Terraform would ask it at all."""
        from onetake.analysis.exact.values import certain
        from onetake.providers.process import ProviderFailure

        self._configure(stack)
        questions = [one for one in map(self._question, resources) if one is not None]
        for question, errors in zip(questions, self._together(questions), strict=True):
            resource = question.resource
            if isinstance(errors, ProviderFailure):
                said = f"no answer from the AWS provider on {resource.address}: {errors}"
                self.notes.append(Note(resource.where, said))
                continue
            secrets = self._secrets(resource, question.kind) if errors else frozenset()
            yield Answered(resource, certain(question.data), tuple(errors), secrets)

    def _question(self, resource: Resource) -> _Question | None:
        kind = Kind.DATA_SOURCE if resource.mode is Mode.DATA else Kind.RESOURCE
        data = self._data(resource, kind)
        return None if data is None else _Question(resource, kind, data)

    def _together(self, questions: Sequence[_Question]) -> Iterator[list[tuple[Stage, Diagnostic]] | ProviderFailure]:
        """The errors about each; the provider works out several at a time, as it does for Terraform.

        One that makes it crash takes the others of the moment with it, so whatever failed is asked again, alone.
        """
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(AT_ONCE) as threads:
            first = list(threads.map(self._answer, questions))
        for question, found in zip(questions, first, strict=True):
            yield found if isinstance(found, list) else self._answer(question)

    def _answer(self, question: _Question) -> list[tuple[Stage, Diagnostic]] | ProviderFailure:
        from onetake.providers.process import ProviderFailure

        try:
            return self._errors(question.resource.type.removeprefix("data."), question.kind, question.data)
        except ProviderFailure as failure:
            return failure

    def _configure(self, stack: Stack) -> None:
        from onetake.providers.values import complete

        regions = (one.region.value for one in stack.providers if one.name == "aws" and isinstance(one.region, Known))
        given = programs.settings(next(regions, stack.assumptions.region))
        self._provider.configure(complete(given, self._schemas.configuration.body))

    def _data(self, resource: Resource, kind: Kind) -> dict[str, Any] | None:
        from onetake.analysis.exact.values import Unsuitable, configuration

        schema = self._schemas.of(kind).get(resource.type.removeprefix("data."))
        if schema is None:
            return None
        arguments: ObjectValue = resource.arguments
        timeouts = resource.settings.get("timeouts")
        if timeouts is not None:
            arguments = {**arguments, "timeouts": timeouts}
        try:
            return configuration(arguments, schema.body)
        except Unsuitable:
            return None  # Terraform refuses it before any provider is asked

    def _secrets(self, resource: Resource, kind: Kind) -> frozenset[str]:
        attributes = self._schemas.of(kind)[resource.type.removeprefix("data.")].body.attributes
        return frozenset(name for name, one in attributes.items() if one.sensitive)

    def _errors(self, name: str, kind: Kind, data: dict[str, Any]) -> list[tuple[Stage, Diagnostic]]:
        found = [(Stage.VALIDATE, one) for one in self._provider.validate(kind, name, data) if one.error]
        if not found and kind is Kind.RESOURCE:
            planned = self._provider.plan(name, data).diagnostics
            found = [(Stage.PLAN, one) for one in planned if one.error and _holds(one, data)]
        return found


def _holds(error: Diagnostic, data: Mapping[str, Any]) -> bool:
    """Whether Terraform would get the same error from the provider.

    What a variable or a data source gives is unknown to us alone: an error may be about a value that is known then, if
    it does not point at one that is known to us, too.
    """
    from onetake.analysis.exact.values import certain

    if _about_network(error):
        return False
    first = error.path[0] if error.path else None
    return certain(data) or (isinstance(first, str) and first in data and certain(data[first]))


def _about_network(found: Diagnostic) -> bool:
    return any(words in found.summary or words in found.detail for words in _NETWORK)


def _refusals(answers: Iterable[Answered], stack: Stack) -> Iterator[Finding]:
    for answer in answers:
        resource = answer.resource
        name = resource.address
        question = f"Is {name} created? It depends on a condition that is not known."
        for stage, said in answer.errors:
            first = (said.summary if ":" in said.summary or not said.detail else said.detail).split("\n", 1)[0]
            yield Finding(
                rule=RULE,
                severity=Severity.CRITICAL,
                stage=stage,
                confidence=Confidence.EXACT,
                where=_place(resource, said),
                resource=resource.address,
                message=f"the AWS provider refuses {name}: {first.strip().rstrip('.')}",
                verbatim=_words(said),
                condition=question if resource.exists is Truth.UNKNOWN else "",
                stack=stack.name,
                construct=resource.construct,
                sensitive=answer.secret(said),
            )


def _place(resource: Resource, said: Diagnostic) -> Span:
    return Span(resource.where.file, (*resource.where.path, *said.path))


def _words(said: Diagnostic) -> str:
    return f"Error: {said.summary}\n\n{said.detail}".rstrip()


def _told(found: Finding, findings: Iterable[Finding]) -> bool:
    """Whether ours say the same, with or without Terraform's headline; each of several errors told at once."""
    words = found.verbatim.removeprefix("Error: ")
    same = [one.verbatim for one in findings if one.resource == found.resource]
    # Several errors stand on lines of their own, some with a bullet.
    parts = [line.strip().removeprefix("* ") for line in words.splitlines() if line and not _SEVERAL.match(line)]
    return all(any(part in said for said in same) for part in parts)


def _compared(answers: Iterable[Answered], findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Our findings that stay, and those that the provider, told everything, does not confirm."""
    taken = {answer.resource.address for answer in answers if answer.certain and not answer.errors}
    denied = [one for one in findings if one.resource in taken and _is_the_providers(one)]
    return [one for one in findings if one not in denied], denied


def _is_the_providers(finding: Finding) -> bool:
    """Whether a finding is about what the provider decides before anything is created."""
    if (
        finding.stage not in (Stage.VALIDATE, Stage.PLAN)
        or finding.severity is not Severity.CRITICAL
        or finding.related
    ):
        return False
    return not finding.rule.startswith("terraform-") or finding.rule in _OF_PROVIDER
