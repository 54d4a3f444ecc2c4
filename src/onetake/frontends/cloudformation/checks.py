"""What is wrong with a template as a template: keys twice, names that nothing declares, circles."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.frontends.cloudformation.template import Template
from onetake.model.findings import Confidence, Finding, Severity, Stage
from onetake.model.stacks import Stack
from onetake.model.values import Span

ANATOMY = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html"
TROUBLE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html"


def repeated_key(where: Span, key: str, line: int = 0) -> Finding:
    """A key that stands twice in one mapping: the second silently replaces the first."""
    at = f" (again at line {line})" if line else ""
    return Finding(
        rule="cloudformation-duplicate-key",
        severity=Severity.HIGH,
        stage=Stage.VALIDATE,
        confidence=Confidence.DOCUMENTED,
        where=where,
        resource=str(where.path[1]) if len(where.path) > 1 and where.path[0] == "Resources" else "",
        message=f'the key "{key}" is written twice{at}: only one of the two counts',
        cause="A mapping holds each key once; what is written first is lost without a word.",
        fix="Remove one of the two, or merge what stands below them.",
        evidence=(ANATOMY,),
    )


def findings(template: Template, stack: Stack) -> Iterator[Finding]:
    """Everything wrong with the template itself."""
    yield from _unresolved(template, stack)
    yield from _circles(stack)


def _unresolved(template: Template, stack: Stack) -> Iterator[Finding]:
    from onetake.frontends.cloudformation.reading import mentioned

    if not stack.whole:
        return  # a macro may declare what is missing here
    declared = {*template.section("Resources"), *template.section("Parameters")}
    for name, resource in stack.resources.items():
        body = template.resources.get(name, {})
        wanted = [*dict.fromkeys(mentioned(body.get("Properties")))]
        wanted += [other for other in resource.depends_on if other not in declared]
        for other in dict.fromkeys(wanted):
            if other in declared or other.startswith("AWS::") or "::" in other:
                continue
            yield Finding(
                rule="cloudformation-unresolved-reference",
                severity=Severity.CRITICAL,
                stage=Stage.VALIDATE,
                confidence=Confidence.DOCUMENTED,
                where=resource.where,
                resource=name,
                message=f"{name} refers to {other}, which the template does not declare",
                verbatim=(
                    f"Template format error: Unresolved resource dependencies [{other}] in the Resources block of the "
                    "template"
                ),
                cause="Ref, Fn::GetAtt, Fn::Sub and DependsOn may only name resources and parameters of the template.",
                fix=f"Declare {other}, or correct the name.",
                evidence=(TROUBLE,),
            )


def _circles(stack: Stack) -> Iterator[Finding]:
    for group in stack.graph.cycles():
        first = stack.resources[group[0]]
        yield Finding(
            rule="cloudformation-circular-dependency",
            severity=Severity.CRITICAL,
            stage=Stage.VALIDATE,
            confidence=Confidence.DOCUMENTED,
            where=first.where,
            resource=group[0],
            message=f"{', '.join(group)} wait for each other: none can be created first",
            verbatim=f"Circular dependency between resources: [{', '.join(group)}]",
            cause="CloudFormation creates what is referred to first; in a circle there is no first.",
            fix="Move the reference that closes the circle into a resource of its own: a rule, a policy, an attachment.",
            related=tuple(group[1:]),
            related_spans=tuple(stack.resources[name].where for name in group[1:]),
            evidence=(TROUBLE,),
        )
