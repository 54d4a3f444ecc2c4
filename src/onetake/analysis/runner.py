"""Judging a stack: the rules of the types present, each silent on what it cannot know."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any

from onetake.aws.lookup import views
from onetake.aws.view import View
from onetake.model.changes import Step
from onetake.model.findings import Crash, Finding, Stage
from onetake.model.language import Language, Truth
from onetake.model.records import field, record, replace
from onetake.model.resources import Resource
from onetake.model.stacks import Stack
from onetake.model.values import Span
from onetake.rules import registry
from onetake.rules.rule import Fault, Rule


@record
class Selection:
    """Which rules are asked: all, or only some, without others."""

    only: Collection[str] = ()
    ignore: Collection[str] = ()

    def admits(self, rule: str) -> bool:
        """Whether findings of ``rule`` are wanted."""
        return (not self.only or rule in self.only) and rule not in self.ignore


@record(frozen=False)
class Judgement:
    """What was found in a stack, and where we failed ourselves."""

    findings: list[Finding] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)


ALL = Selection()


def judge(stack: Stack, selection: Selection = ALL) -> Judgement:
    """Everything that is predicted to go wrong with ``stack``, each cause once, in the order of the program."""
    judgement = Judgement()
    found: list[Finding] = [*stack.findings]
    for entry, judged in _rules(stack):
        if selection.admits(entry.name):
            found += _guarded(entry.name, partial(_apply, entry.name, judged), judgement)
    if stack.language is Language.CLOUDFORMATION:
        found += _guarded("cloudformation-validate", partial(_schema_facts, stack), judgement)
    covered = {(name, finding.resource) for finding in found for name in _covers(finding.rule)}
    if stack.language is Language.TERRAFORM and stack.resources:
        found = _explained(found)
    wanted = (f for f in found if selection.admits(f.rule) and (f.rule, f.resource) not in covered)
    judgement.findings = once(finding for finding in wanted if _to_come(finding, stack))
    return judgement


def judge_resource(stack: Stack, address: str, spoken: Language | None = None) -> list[Finding]:
    """What the rules of its type say of one resource of ``stack``; a rule that fails says nothing.

    Args:
        stack: where it is.
        address: its address.
        spoken: the tool in whose words AWS is quoted, if not in those of the stack's own.
    """
    resource = stack.resources[address]
    found: list[Finding] = []
    for entry in registry.applicable((resource.type,)):
        found += _guarded(entry.name, partial(_apply, entry.name, stack, address, spoken), Judgement())
    return found


def _to_come(finding: Finding, stack: Stack) -> bool:
    """Whether what a finding predicts is still ahead: what is deployed already was not refused.

    Of a resource that a plan leaves alone, nothing is created any more; of one that it updates, only the arguments that
    change are new to AWS.
    """
    resource = stack.resources.get(finding.resource) if stack.before is not None else None
    if resource is None or resource.change is None or finding.stage.rank >= Stage.UPDATE.rank:
        return True
    if resource.change.step is Step.UPDATE:
        inside = finding.where.path[len(resource.where.path) :]
        return bool(inside) and inside[0] in resource.change.changed
    return resource.change.step is not Step.NOTHING


def _rules(stack: Stack) -> Iterator[tuple[registry.Entry, Stack]]:
    """The rules of the types present, each with what it judges: the program, or what is deployed before a plan."""
    for entry in registry.applicable(stack.by_type):
        yield entry, stack
    if stack.before is not None:
        for entry in registry.applicable(stack.before.by_type, deployed=True):
            yield entry, stack.before


def _schema_facts(stack: Stack) -> Iterable[Finding]:
    try:
        from onetake.analysis.cloudformation_schema import judge as schema_facts
    except ImportError:
        return ()
    return schema_facts(stack)


def _guarded(name: str, work: Callable[[], Iterable[Finding]], judgement: Judgement) -> list[Finding]:
    """What ``work`` finds; a fault of ours in it is recorded under ``name`` and costs only its own findings."""
    try:
        return list(work())
    except Exception as error:  # one broken rule must not hide what the others found
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__}: {error}"
        facts = {"module": last.name, "line": str(last.lineno), "traceback": traceback.format_exc()}
        judgement.crashes.append(Crash(name, detail, facts))
        return []


def _explained(findings: list[Finding]) -> list[Finding]:
    """The findings without those of values that the provider refuses where a rule says of the same value why."""
    from onetake.frontends.terraform.schemas.problems import OF_VALUES, PLAN_REFUSED

    of_provider = OF_VALUES | {PLAN_REFUSED}
    if not any(one.rule in of_provider for one in findings):
        return findings
    explaining = {
        (one.where, one.resource)
        for one in findings
        if one.rule in registry.entries() and one.stage.rank <= Stage.PLAN.rank and not one.condition
    }
    return [one for one in findings if one.rule not in of_provider or (one.where, one.resource) not in explaining]


def _covers(name: str) -> tuple[str, ...]:
    """The schema findings that a finding of the rule ``name`` replaces."""
    return registry.load(name).covers if name in registry.entries() else ()


def _apply(name: str, stack: Stack, address: str = "", spoken: Language | None = None) -> Iterator[Finding]:
    """What a rule finds; only at the resource of one address, if that is given."""
    rule = registry.load(name)
    if stack.language not in rule.answers:
        return
    for view in views(stack, rule.view):
        if not address or view.address == address:
            for fault in rule.check(view):
                yield _finding(rule, fault, view, stack, spoken)


def _finding(rule: Rule[Any], fault: Fault, view: View, stack: Stack, spoken: Language | None) -> Finding:
    resource = view.resource
    answer = rule.answers[stack.language]
    text = rule.answers.get(spoken or stack.language, answer).text
    related = tuple(other.resource if isinstance(other, View) else other for other in fault.related)
    return Finding(
        rule=rule.name,
        severity=fault.severity or rule.severity,
        stage=fault.stage or answer.stage,
        confidence=rule.confidence,
        where=_span(fault.where),
        resource=resource.address,
        message=fault.message,
        verbatim=fill(text, {"name": resource.address, **fault.words}),
        cause=fault.cause or rule.cause,
        fix=fault.fix or rule.fix,
        condition=fault.condition or _existence(resource, related),
        related=tuple(dict.fromkeys(other.address for other in related if other is not resource)),
        related_spans=tuple(dict.fromkeys(other.where for other in related if other is not resource)),
        # A plan is not edited, nor a configuration under the plan that was made of it.
        edits=tuple(edit for edit in fault.edits if edit.where.file in stack.sources and stack.before is None),
        evidence=rule.evidence,
        stack=stack.name,
        construct=resource.construct,
        sensitive=rule.sensitive,
        at_once=rule.deployed,
    )


def _existence(resource: Resource, related: Iterable[Resource]) -> str:
    unsure = [other.address for other in (resource, *related) if other.exists is Truth.UNKNOWN]
    if not unsure:
        return ""
    names = " and ".join(dict.fromkeys(unsure))
    return f"Is {names} created? It depends on a condition that is not known."


def _span(where: Any) -> Span:
    return where if isinstance(where, Span) else where.where


def fill(text: str, words: dict[str, str]) -> str:
    """``text`` with its ``{names}`` replaced; one that nobody knows before the deployment stays ``<name>``."""
    return re.sub(r"\{([a-z_]+)\}", lambda hole: words.get(hole[1], f"<{hole[1]}>"), text)


def once(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each cause: the instances of one declaration, refused for the same words, are told together."""
    first: dict[tuple[str, Span, str], Finding] = {}
    for finding in findings:
        key = (finding.rule, finding.where, finding.message.replace(finding.resource, ""))
        earlier = first.get(key)
        if earlier is None:
            first[key] = finding
        elif finding.resource != earlier.resource and finding.resource not in earlier.related:
            first[key] = replace(earlier, related=(*earlier.related, finding.resource))
    return list(first.values())
