"""Input variables: where their values come from, and the type they are made to have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.frontends.terraform import types
from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.evaluation import Failure, Scope, placed, settle
from onetake.frontends.terraform.syntax.nodes import Literal, Node, SyntaxProblem
from onetake.model.findings import Note
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module
    from onetake.frontends.terraform.program import Program

ENVIRONMENT = "TF_VAR"
Given = tuple[str | Node, Span]
"""A value as it was given: text, or a node to evaluate; and where."""


def value_of(module: Module, name: str) -> Value[object]:
    """The value of a variable of ``module``.

    Raises:
        Failure: there is none of that name, or Terraform refuses its value.
    """
    block = module.configuration.variables.get(name)
    if block is None:
        raise Failure(f'An input variable with the name "{name}" has not been declared.')
    given = _given(module, name, block)
    if given is None or (isinstance(given, Absent) and refuses_null(block)):
        default = block.fields.get("default")
        if default is None:
            return unset(block, f"{module.prefix}var.{name}")
        given = settle(default, module.scope, block.where / "default")
    return converted(given, block, module)


def unset(block: Declaration, name: str) -> Unknown:
    """What is known of a variable that no value is given to: its type."""
    kind = types.plain(types.read(block.fields.get("type")))
    return Unknown("the variable has no value", block.where, (Gap(name),), type=kind)


def converted(value: Value[object], block: Declaration, module: Module) -> Value[object]:
    """``value`` as the type that a variable declares.

    Raises:
        Failure: it cannot be converted.
    """
    node = block.fields.get("type")
    if node is None:
        return value
    return types.convert(value, types.read(node), lambda default: settle(default, module.scope, block.where / "type"))


def refuses_null(block: Declaration) -> bool:
    """Whether a variable may not be null."""
    return getattr(block.fields.get("nullable"), "value", True) is False


def _given(module: Module, name: str, block: Declaration) -> Value[object] | None:
    if module.call is not None and module.caller is not None:
        node = module.call.fields.get(name)
        return None if node is None else settle(node, module.caller, module.call.where / name)
    found = module.program.inputs.get(name)
    if found is None:
        return None
    data, where = found
    if not isinstance(data, str):
        return settle(data, Scope(module), where)
    return placed(from_text(data, block, module, where), where)


def from_text(text: str, block: Declaration, module: Module, where: Span) -> Value[object]:
    """A value from the command line: text for a text variable, else an expression."""
    if types.read(block.fields.get("type")).name in ("any", "string", "number", "bool"):
        return Known(text, where)
    from onetake.frontends.terraform.syntax.templates import parse_expression

    try:
        return settle(parse_expression(text), Scope(module), where)
    except SyntaxProblem:
        return Unknown("its value is no expression", where, (Gap(f"var.{block.name}"),))


def read_inputs(program: Program, folder: Path, options: Options) -> None:
    """Fill in the values that the environment, files and the command line give to the root's variables."""
    for name in program.root.configuration.variables:
        text = options.environment.get(f"{ENVIRONMENT}_{name}")
        if text is not None:
            program.inputs[name] = (text, Span("", (ENVIRONMENT, name)))
    for path in _files(folder, options):
        file = shown(path, options)
        try:
            text = read_text(path, options)
        except Unreadable as error:
            program.notes.append(Note(error.span, f"not read: {error.message}"))
            continue
        values = _json_values(text, file, program) if path.name.endswith(".json") else _native(text, file, program)
        program.inputs.update(values)
    for name, text in options.parameters.items():
        program.inputs.pop(name, None)
        program.inputs[name] = (text, Span("", ("--parameter", name)))
    for name, data in options.variables.items():
        program.inputs[name] = (literal(data), Span("", ("--plan", name)))


def _files(folder: Path, options: Options) -> Iterator[Path]:
    """The files that Terraform reads by itself, in its order, and those that are given."""
    names = ["terraform.tfvars", "terraform.tfvars.json"]
    yield from (folder / name for name in names if (folder / name).is_file())
    automatic = (path for path in folder.glob("*.auto.tfvars*") if path.name.endswith((".tfvars", ".tfvars.json")))
    yield from sorted(automatic, key=lambda path: path.name)
    yield from (path for path in options.parameter_files if path.name.endswith((".tfvars", ".tfvars.json")))


def _native(text: str, file: str, program: Program) -> dict[str, Given]:
    from onetake.frontends.terraform.sources import OFFSET, NativeSource
    from onetake.frontends.terraform.syntax.bodies import parse_file

    body, problems = parse_file(text)
    program.root.configuration.sources[file] = NativeSource(text, body)
    for problem in problems:
        where = Span(file, (OFFSET, problem.start, problem.end))
        detail = problem.detail.replace("\0", file.rpartition("/")[2])
        program.mistakes.append(Mistake("terraform-syntax", problem.summary, detail, where, stage="plan"))
    for block in body.blocks:
        where = Span(file, (OFFSET, block.start, block.start + len(block.type)))
        summary = f'Unexpected "{block.type}" block'
        mistake = Mistake("terraform-invalid-block", summary, "Blocks are not allowed here.", where, stage="plan")
        program.mistakes.append(mistake)
    return {name: (argument.value, Span(file, (name,))) for name, argument in body.arguments.items()}


def _json_values(text: str, file: str, program: Program) -> dict[str, Given]:
    from onetake.frontends.json_source import JsonProblem, parse
    from onetake.frontends.terraform.sources import OFFSET, TerraformJson

    program.root.configuration.sources[file] = TerraformJson(text)
    try:
        data = parse(text, program.options.limits.depth)
    except JsonProblem as error:
        program.mistakes.append(Mistake("terraform-syntax", "Invalid JSON", error.message, Span(file)))
        return {}
    if not isinstance(data, dict):
        detail = "A JSON object is required here, setting the arguments for this block."
        where = Span(file, (OFFSET, 0, 1))
        program.mistakes.append(Mistake("terraform-syntax", "Incorrect JSON value type", detail, where, stage="plan"))
        return {}
    items = data.items()
    return {name: (literal(value), Span(file, (name,))) for name, value in items}


def literal(value: object) -> Node:
    """JSON data as it is, with nothing in it evaluated."""
    from onetake.frontends.terraform.syntax.nodes import Object, Tuple

    match value:
        case dict():
            return Object(tuple((Literal(name), literal(inner)) for name, inner in value.items()))
        case list():
            return Tuple(tuple(literal(item) for item in value))
        case _:
            return Literal(value)  # type: ignore[arg-type]
