"""Versions that Terraform and its providers are to have: constraints that are none, or that nothing fulfils."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onetake.frontends.files import Unreadable, read_text
from onetake.frontends.terraform.declarations import Configuration, Mistake
from onetake.frontends.terraform.engines import objects
from onetake.frontends.terraform.places import exactly
from onetake.frontends.terraform.syntax.nodes import Literal, Node
from onetake.knowledge.versions import Term, constraint, fulfilled, satisfiable, version
from onetake.model.findings import Note
from onetake.model.values import Span

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program

LOCK = ".terraform.lock.hcl"
REGISTRY = "registry.terraform.io"
INVALID, UNFULFILLED = "terraform-invalid-version-constraint", "terraform-version-unfulfillable"
_SYNTAX = "This string does not use correct version constraint syntax."
Required = tuple[str, str, Node | None, Span]
"""Source, version, the node of the version, and the place of the requirement."""


def mistakes(program: Program, modules: Sequence[Module]) -> Iterator[Mistake]:
    """What is wrong with the versions that a program asks for."""
    seen: dict[str, Configuration] = {}
    for module in modules:
        seen.setdefault(module.configuration.folder, module.configuration)
    wanted: dict[str, list[tuple[str, Span]]] = {}
    engine: list[tuple[str, Span]] = []
    for configuration in seen.values():
        for text, written, where in required_versions(configuration):
            if constraint(text) is None:
                yield Mistake(INVALID, "Invalid version constraint", _SYNTAX, _exact(where, written), stage="init")
            else:
                engine.append((text, where))
        for source, text, node, where in required_providers(configuration):
            if text and constraint(text) is None:
                yield Mistake(INVALID, "Invalid version constraint", _SYNTAX, _exact(where, node), stage="init")
            elif text:
                wanted.setdefault(source, []).append((text, where))
    yield from _engine(engine)
    locked = _locked(program) if wanted else {}
    for source, asked in wanted.items():
        yield from _provider(source, asked, locked.get(full(source), ""))


def required_versions(configuration: Configuration) -> Iterator[tuple[str, Node, Span]]:
    """The versions of Terraform that a module asks for, as they are written."""
    for block in configuration.settings:
        node = block.fields.get("required_version")
        if isinstance(node, Literal) and isinstance(node.value, str):
            yield node.value, node, block.where / "required_version"


def required_providers(configuration: Configuration) -> Iterator[Required]:
    """The providers that a module asks for."""
    for block in configuration.settings:
        for fields, where in objects(block.fields.get("required_providers"), block.where / "required_providers"):
            for name, node in fields.items():
                if isinstance(node, Literal) and isinstance(node.value, str):
                    yield f"hashicorp/{name}", node.value, node, where / name
                for body, place in objects(node, where / name):
                    source = getattr(body.get("source"), "value", None) or f"hashicorp/{name}"
                    found = body.get("version")
                    text = getattr(found, "value", None)
                    if isinstance(source, str) and isinstance(text, str | None):
                        yield source, text or "", found, place / "version"


def full(source: str) -> str:
    """The source of a provider with its host."""
    parts = source.split("/")
    return "/".join(([REGISTRY, "hashicorp"] if len(parts) == 1 else [REGISTRY] if len(parts) == 2 else []) + parts)


def shown(source: str) -> str:
    """The source of a provider as Terraform prints it."""
    return full(source).removeprefix(f"{REGISTRY}/")


def _exact(where: Span, node: Node | None) -> Span:
    return where if node is None else exactly(where, (node.start, node.end))


def _terms(asked: list[tuple[str, Span]]) -> list[Term]:
    return [term for text, _ in asked for term in constraint(text) or ()]


def _engine(asked: list[tuple[str, Span]]) -> Iterator[Mistake]:
    """Versions of Terraform itself that contradict each other."""
    if asked and not satisfiable(_terms(asked)):
        texts = ", ".join(dict.fromkeys(text for text, _ in asked))
        detail = f'No version of Terraform fulfils "{texts}", which the configuration and its modules ask for together.'
        yield Mistake(
            UNFULFILLED, "Unsupported Terraform Core version", detail, asked[-1][1], stage="init", exact=False
        )


def _provider(source: str, asked: list[tuple[str, Span]], locked: str) -> Iterator[Mistake]:
    terms = _terms(asked)
    name, where = shown(source), asked[0][1]
    together = _together(terms)
    if not satisfiable(terms):
        why = f"no available releases match the given constraints {together}"
        where = asked[-1][1]
    elif locked and (found := version(locked)) and not fulfilled(terms, found):
        why = (
            f"locked provider {full(source)} {locked} does not match configured version constraint {together}; must "
            "use terraform init -upgrade to allow selection of new versions"
        )
        where = next(place for text, place in asked if not fulfilled(constraint(text) or (), found))
    else:
        return
    detail = (
        f"Could not retrieve the list of available versions for provider {name}: {why}\n\nTo see which modules are "
        f"currently depending on {name} and what versions are specified, run the following command:\n    terraform "
        "providers"
    )
    yield Mistake(UNFULFILLED, "Failed to query available provider packages", detail, where, stage="init")


def _together(terms: list[Term]) -> str:
    """Constraints as Terraform prints them: by version, each once."""
    ordered = sorted(terms, key=lambda term: (term.version, term.operator != "~>"))
    return ", ".join(dict.fromkeys(map(str, ordered)))


def is_tofu(program: Program) -> bool:
    """Whether OpenTofu chose the providers: their sources in the lock file tell."""
    return any(source.startswith("registry.opentofu.org/") for source in _locked(program))


def _locked(program: Program) -> dict[str, str]:
    """The versions in the lock file by full source."""
    path = program.folder / LOCK
    if not path.is_file():
        return {}
    from onetake.frontends.terraform.syntax.bodies import parse_file

    try:
        body, problems = parse_file(read_text(path, program.options))
    except Unreadable as error:
        program.notes.append(Note(error.span, f"not read: {error.message}"))
        return {}
    if problems:
        program.notes.append(Note(Span(LOCK), f"{LOCK} is no lock file of Terraform: {problems[0].summary}"))
        return {}
    versions = {}
    for block in body.of_type("provider"):
        written = block.body.arguments.get("version")
        if block.labels and written is not None and isinstance(written.value, Literal):
            versions[block.labels[0]] = str(written.value.value)
    return versions
