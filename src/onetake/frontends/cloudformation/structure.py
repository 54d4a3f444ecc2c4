"""The anatomy of a template: its sections, and the names in it that lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onetake.frontends.cloudformation.intrinsics import PSEUDO
from onetake.frontends.cloudformation.problems import Fault, Problems
from onetake.model.graph import Graph
from onetake.model.language import Truth
from onetake.model.resources import Resource
from onetake.model.values import Key

if TYPE_CHECKING:
    from onetake.frontends.cloudformation.reading import Template

SECTIONS = ("Parameters", "Mappings", "Conditions", "Resources", "Outputs")


def sections(data: Any, problems: Problems) -> dict[str, dict[str, Any]]:
    """The sections of a template by name, empty where they are not written; what is misshapen is left out."""
    found: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
    if not isinstance(data, dict):
        if data is not None:
            _misshapen((), "the template is no object", problems)
        return found
    for name in SECTIONS:
        body = data.get(name)
        if isinstance(body, dict):
            found[name] = body
        elif name in data:
            _misshapen((name,), f"{name} is no object", problems)
    found["Resources"] = {name: body for name, body in found["Resources"].items() if _is_resource(name, body, problems)}
    return found


def _is_resource(name: str, body: Any, problems: Problems) -> bool:
    path = ("Resources", name)
    if name.startswith("Fn::"):
        problems.unread(path, f"not read: {name} writes resources that only the deployment knows")
        return False
    if not isinstance(body, dict):
        _misshapen(path, f"{name} is no object", problems, name)
        return False
    if _is_tagged(body.get("Type")):
        problems.unread(path, f"not read: another tool writes the Type of {name} before the deployment")
        return False
    if not isinstance(body.get("Type"), str):
        _misshapen(path, f"{name} has no Type", problems, name)
        return False
    if not isinstance(body.get("Properties") or {}, dict):
        _misshapen((*path, "Properties"), f"the Properties of {name} are no object", problems, name)
    return True


def _is_tagged(kind: object) -> bool:
    """``Type: !Rain::Module ./bucket.yml``: a function that CloudFormation does not have, so another tool's."""
    return isinstance(kind, dict) and len(kind) == 1 and all(isinstance(name, str) and "::" in name for name in kind)


def _misshapen(path: tuple[str, ...], message: str, problems: Problems, resource: str = "") -> None:
    problems.whole = False
    if problems.opaque:
        return
    problems.report(
        Fault(
            "cloudformation-structure",
            path,
            message,
            cause="CloudFormation reads sections, resources and their properties as objects.",
            fix="Write it as an object.",
            resource=resource,
        )
    )


def depends_on(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The resources that ``DependsOn`` names."""
    written = body.get("DependsOn")
    names = written if isinstance(written, list) else [written]
    return tuple(name for name in names if isinstance(name, str))


def check(template: Template, resources: Mapping[str, Resource]) -> None:
    """Names that lead nowhere, and resources that wait for each other."""
    from onetake.frontends.cloudformation.serverless import is_serverless

    # What was not translated may be written as the translator alone understands it: ``Ref: Api.Stage``.
    if any(is_serverless(body) for body in template.sections["Resources"].values()):
        return
    for resource in resources.values():
        _unresolved(template, resource, resources)
    for group in Graph(resources).cycles():
        names = ", ".join(group)
        template.problems.report(
            Fault(
                "cloudformation-circular-dependency",
                ("Resources", group[0]),
                f"{names} wait for each other: none can be created first",
                verbatim=f"Circular dependency between resources: [{names}]",
                cause="CloudFormation creates what is referred to first; in a circle there is no first.",
                fix="Move the reference that closes the circle into a resource of its own: a rule, a policy.",
                resource=group[0],
                related=group[1:],
            )
        )


def _unresolved(template: Template, resource: Resource, resources: Mapping[str, Resource]) -> None:
    name = resource.address
    declared = (template.sections["Resources"], template.sections["Parameters"], PSEUDO)
    named: list[tuple[str, tuple[Key, ...]]] = [(link.target, link.path) for link in template.links(name)]
    named += [(target, ("Resources", name, "DependsOn")) for target in resource.depends_on]
    told: set[str] = set()
    for target, path in named:
        if target in told or not target or "::" in target:
            continue
        if not any(target in names for names in declared):
            # What a macro or a loop writes may be declared although nobody reads it here.
            if not template.problems.whole:
                continue
            message = f"{name} refers to {target}, which the template does not declare"
            fix = f"Declare {target}, or correct the name."
        elif path[-1] != "DependsOn" and _left_out(template, target, resource, resources):
            message = f"{name} refers to {target}, which is not created: its condition does not hold"
            fix = f"Refer to {target} only under its condition, with Fn::If."
        else:
            continue
        told.add(target)
        template.problems.report(_unresolved_fault(message, target, (name, fix), path))


def _left_out(template: Template, target: str, resource: Resource, resources: Mapping[str, Resource]) -> bool:
    """Whether ``resource`` is surely created and refers to ``target`` in any case, and ``target`` is not created."""
    if target in resources or target not in template.sections["Resources"] or resource.exists is not Truth.YES:
        return False
    return not any("Fn::If" in link.path for link in template.links(resource.address) if link.target == target)


def _unresolved_fault(message: str, target: str, who: tuple[str, str], path: tuple[Key, ...]) -> Fault:
    return Fault(
        "cloudformation-unresolved-reference",
        path,
        message,
        verbatim=f"Template format error: Unresolved resource dependencies [{target}] in the Resources block of the "
        "template",
        cause="Ref, Fn::GetAtt, Fn::Sub and DependsOn name resources and parameters that the template declares.",
        fix=who[1],
        resource=who[0],
    )
