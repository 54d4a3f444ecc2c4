"""The pages of what the readers find themselves: what it is, and a small program of which Terraform says it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from onetake.analysis.pages import PAGES
from onetake.frontends import terraform
from onetake.frontends.files import Options
from onetake.frontends.terraform.schemas.plan import MODULES, sheets
from onetake.frontends.terraform.schemas.problems import PLAN_REFUSED
from onetake.model.findings import Finding
from tools.oracle_language.mistakes import Program, programs

EXAMPLES = {
    "terraform-check-failed": "refactoring: check that does not hold, comparison",
    "terraform-condition-failed": "blocks: postcondition that fails",
    "terraform-dependency-cycle": "references: cycle of resources",
    "terraform-duplicate-declaration": "duplicates: variable twice",
    "terraform-duplicate-resource": "duplicates: resource in another file",
    "terraform-ephemeral-value": "expressions: ephemeral values, in a resource",
    "terraform-file-missing": "expressions: wrong arguments of functions, no such file",
    "terraform-invalid-block": "blocks: unknown block type, misspelt",
    "terraform-invalid-condition": "blocks: validation that does not name its variable",
    "terraform-invalid-conditional": "expressions: conditionals, condition is a number",
    "terraform-invalid-for": "expressions: for expressions, the same key",
    "terraform-invalid-function-call": "expressions: wrong arguments of functions, too many bits",
    "terraform-invalid-index": "references: attribute of a module, missing instance",
    "terraform-invalid-name": "blocks: names, resource name with a dot",
    "terraform-invalid-object-key": "expressions: object keys, list",
    "terraform-invalid-operand": "expressions: operators, text and number",
    "terraform-invalid-refactoring": "refactoring: moved twice to one",
    "terraform-invalid-reference": "references: undeclared, each without for_each",
    "terraform-invalid-repetition": "repetition: for_each, list",
    "terraform-invalid-template-value": "expressions: templates, list by a local value",
    "terraform-invalid-type": "blocks: default, map of lists",
    "terraform-invalid-version-constraint": "settings: terraform block, required_version is no constraint",
    "terraform-missing-argument": "modules: module call, missing argument",
    "terraform-missing-attribute": "expressions: where an expression stands, by a local value",
    "terraform-module-missing": "modules: module source, missing folder",
    "terraform-provider-missing": "modules: alias that no provider block has",
    "terraform-provider-passing": "providers: module with its own configuration, count",
    "terraform-self-reference": "references: self reference",
    "terraform-sensitive-value": "expressions: sensitive values, in a template",
    "terraform-syntax": "modules: module with a syntax error",
    "terraform-undeclared-reference": "references: undeclared, input variable, misspelt",
    "terraform-unknown-function": "references: unknown functions, misspelt",
    "terraform-unsupported-argument": "modules: unknown argument of a module",
    "terraform-validation-failed": "blocks: validation that fails by a file",
    "terraform-value-not-static": "settings: backend settings, variable",
}
"""The recorded program that shows each of them."""


def pages() -> Iterator[tuple[str, str]]:
    """Every page by the name of what it tells of."""
    for name in sorted(PAGES):
        yield name, page(name)


def page(name: str) -> str:
    """The page of one of them."""
    first, _, rest = PAGES[name].partition("\n\n")
    text = f"# {name}\n\n{first}\n" + (f"\n{rest}\n" if rest else "")
    if name == PLAN_REFUSED:
        return text + refusals()
    example = _programs().get(EXAMPLES.get(name, ""))
    return text + (_shown(name, example) if example else "")


def refusals() -> str:
    """What is refused of each resource type, in the words of the provider, with the source."""
    found = sorted((sheet for module in MODULES for sheet in sheets(module)), key=lambda sheet: sheet.types)
    number = sum(len(sheet.refusals) for sheet in found)
    parts = [
        f"\n{number} refusals of {sum(len(sheet.types) for sheet in found)} resource types; `{{name}}` stands for a "
        "value."
    ]
    for sheet in found:
        parts.append(f"\n## {', '.join(sheet.types)}\n\nFrom [{sheet.source}]({sheet.address}).\n")
        parts.append("| at | the provider says | in version 6 |\n| --- | --- | --- |")
        for one in sheet.refusals:
            at = f"{one.inside}.{one.about}" if one.inside else one.about
            words = " ".join(one.words.replace("{@}", f"{one.inside}[0]").replace("|", "\\|").split())
            parts.append(f"| `{at}` | `` {words} `` | {'too' if one.lasting else 'not known'} |")
    return "\n".join((*parts, ""))


def summary(name: str) -> str:
    """What it is, in one line."""
    return PAGES[name].split("\n", 1)[0]


@cache
def _programs() -> dict[str, Program]:
    return {program.name: program for program in programs()}


def _shown(name: str, example: Program) -> str:
    finding = next(one for one in _found(example.wrong) if one.rule == name)
    does = "warns" if finding.verbatim.startswith("Warning") else "stops"
    printed = f"\nTerraform {does} at {finding.stage.value} and prints:\n\n```text\n{finding.verbatim}\n```\n"
    return f"{printed}\n## Fails\n\n{_listed(example.wrong)}\n## Passes\n\n{_listed(example.right)}"


def _found(files: Mapping[str, str]) -> Sequence[Finding]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        (stack,) = terraform.read(folder, Options(root=folder))
        return stack.findings


def _listed(files: Mapping[str, str]) -> str:
    kinds = {".tf": "hcl", ".json": "json"}
    parts = [
        f"`{path}`:\n\n```{kinds.get(Path(path).suffix, 'text')}\n{text.rstrip()}\n```\n"
        for path, text in files.items()
        if text.strip()
    ]
    return "\n".join(parts)
