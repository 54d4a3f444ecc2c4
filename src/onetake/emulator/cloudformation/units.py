"""What is deployed: the stacks of a template or a cloud assembly, in the order in which they need each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onetake.api import Arguments
from onetake.frontends import cdk, detection
from onetake.frontends.cloudformation import nested, program
from onetake.frontends.cloudformation.reading import Template, template_of
from onetake.frontends.files import Options, Unreadable, read_text
from onetake.model.records import field, record
from onetake.model.stacks import Stack
from onetake.model.values import Span

MANIFEST = "manifest.json"
ASSEMBLY = "cdk.out"
_STACK = "aws:cloudformation:stack"


@record
class Unit:
    """One stack that is deployed by itself; those nested in it are deployed with it."""

    name: str
    stack: Stack
    template: Template
    region: str
    inner: Mapping[str, Unit] = field(default_factory=dict)
    """The stacks nested in it whose templates are here, by logical id."""
    needs: tuple[str, ...] = ()
    """The names of the stacks that have to stand before it."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Parameter values that the assembly names."""
    manifests: tuple[Path, ...] = ()
    """The lists of files and images that have to be uploaded before."""
    protected: bool = False
    """Whether its deletion is forbidden (termination protection)."""


@record
class Artifact:
    """What a manifest says of a stack."""

    id: str
    properties: Mapping[str, Any]
    needs: tuple[str, ...]
    manifests: tuple[Path, ...]


def program_at(path: Path, arguments: Arguments) -> Path | None:
    """The template or the assembly at ``path``; ``None`` when there is something else, or nothing.

    Raises:
        Unreadable: there are several.
    """
    options = arguments.request().options
    if path.is_file():
        if _assembly(path.parent, options):
            return path.parent if path.name == MANIFEST else path
        return path if _template(path, options) else None
    if not path.is_dir():
        return None
    for folder in (path, path / ASSEMBLY):
        if _assembly(folder, options):
            return folder
    templates = [one for one in sorted(path.iterdir()) if _template(one, options)]
    inner = {one for file in templates for one in _named_by(file, templates, options)}
    outer = [one for one in templates if one not in inner]
    if len(outer) > 1:
        names = ", ".join(str(one) for one in outer)
        raise Unreadable(Span(str(path)), f"{path} holds several templates", f"give one of them: {names}")
    return outer[0] if outer else None


def _named_by(file: Path, others: Sequence[Path], options: Options) -> Iterator[Path]:
    """The templates that a file names, as a parent does with those nested in it."""
    if len(others) > 1:
        text = read_text(file, options)
        yield from (one for one in others if one != file and one.name in text)


def _assembly(folder: Path, options: Options) -> bool:
    if not (folder / MANIFEST).is_file():
        return False
    return detection.assembly_kind(detection.Folder(folder, (MANIFEST,)), options) is detection.Kind.CDK


def _template(path: Path, options: Options) -> bool:
    if not path.name.endswith(detection.TEMPLATE_ENDINGS) or not path.is_file():
        return False
    return detection.document_kind(path, options) is detection.Kind.CLOUDFORMATION


def read(path: Path, arguments: Arguments) -> tuple[Unit, ...]:
    """The stacks at ``path``, each after those that it needs.

    Raises:
        Unreadable: it cannot be read.
    """
    options = arguments.request().options
    if path.is_file():
        return _units(program.read(path, options), [])
    return _ordered(_units(cdk.read(path, options), list(_artifacts(path, options, 0))))


def _units(stacks: Sequence[Stack], artifacts: Sequence[Artifact]) -> tuple[Unit, ...]:
    outer = [stack for stack in stacks if "/" not in stack.name]
    by_name = {stack.name: stack for stack in stacks}
    said: Sequence[Artifact | None] = artifacts if len(artifacts) == len(outer) else [None] * len(outer)
    return tuple(_unit(stack, by_name, one) for stack, one in zip(outer, said, strict=True))


def _unit(stack: Stack, stacks: Mapping[str, Stack], artifact: Artifact | None) -> Unit:
    template = template_of(stack)
    if template is None:
        raise Unreadable(stack.where, f"{stack.name} is no CloudFormation template", "give a template or a cdk.out")
    inner = {
        one.address: _unit(stacks[f"{stack.name}/{one.address}"], stacks, None)
        for one in stack.by_type.get(nested.KIND, ())
        if f"{stack.name}/{one.address}" in stacks
    }
    properties = artifact.properties if artifact else {}
    return Unit(
        name=str(properties.get("stackName") or stack.name),
        stack=stack,
        template=template,
        region=stack.assumptions.region,
        inner=inner,
        needs=artifact.needs if artifact else (),
        given={str(name): str(value) for name, value in (properties.get("parameters") or {}).items()},
        manifests=artifact.manifests if artifact else (),
        protected=properties.get("terminationProtection") is True,
    )


def _artifacts(folder: Path, options: Options, depth: int) -> Iterator[Artifact]:
    """The stacks that manifests name, in the order in which the reader of assemblies gives them."""
    data = json.loads(read_text(folder / MANIFEST, options))
    artifacts = {name: one for name, one in data["artifacts"].items() if isinstance(one, dict)}
    for name, one in artifacts.items():
        properties = one.get("properties") or {}
        if one.get("type") == "cdk:cloud-assembly" and depth < nested.DEPTH:
            yield from _artifacts(folder / str(properties.get("directoryName", "")), options, depth + 1)
        elif one.get("type") == _STACK:
            needs = [str(other) for other in one.get("dependencies") or ()]
            manifests = tuple(
                folder / str((artifacts[other].get("properties") or {}).get("file", ""))
                for other in needs
                if artifacts.get(other, {}).get("type") == "cdk:asset-manifest"
            )
            stacks = tuple(other for other in needs if artifacts.get(other, {}).get("type") == _STACK)
            yield Artifact(name, properties, stacks, manifests)


def _ordered(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Each after those that it needs."""
    by_id = {unit.stack.name: unit for unit in units}
    done: dict[str, Unit] = {}

    def visit(unit: Unit, above: frozenset[str]) -> None:
        for name in unit.needs:
            if name in by_id and name not in done and name not in above:
                visit(by_id[name], above | {name})
        done[unit.stack.name] = unit

    for unit in units:
        if unit.stack.name not in done:
            visit(unit, frozenset({unit.stack.name}))
    return tuple(done.values())
