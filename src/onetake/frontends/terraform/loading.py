"""Reading the files of a folder, native and JSON, into one configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from onetake.frontends.files import Options, Unreadable, read_text, shown
from onetake.frontends.terraform.blocks import COMMENT, json_node, of_body, of_json
from onetake.frontends.terraform.declarations import Configuration, Declaration, Fields, Mistake
from onetake.frontends.terraform.language import TOP
from onetake.frontends.terraform.sources import OFFSET, NativeSource, TerraformJson
from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import Node, Problem
from onetake.model.values import Key, Span

LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "check": 1,
    "terraform": 0,
    "locals": 0,
    "moved": 0,
    "import": 0,
    "removed": 0,
}
"""The blocks that a file may hold, and how many labels each has."""
NATIVE = (".tf", ".tofu")
JSON = (".tf.json", ".tofu.json")


def read_folder(folder: Path, options: Options) -> Configuration:
    """The configuration in ``folder``; files that cannot be read are mistakes of it.

    Raises:
        Unreadable: the folder itself cannot be read.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        place = shown(folder, options)
        raise Unreadable(Span(place), f"{place} cannot be read: {error.strerror}", "check the path") from error
    present = {name for name in names if is_source(name)}
    # OpenTofu takes x.tofu instead of x.tf where both are there.
    hidden = {name.replace(".tofu", ".tf") for name in present if ".tofu" in name}
    kept = sorted(present - (hidden & present))
    ordinary = [name for name in kept if not _overrides(name)]
    overriding = [name for name in kept if _overrides(name)]
    return read_files([folder / name for name in (*ordinary, *overriding)], shown(folder, options), options)


def is_source(name: str) -> bool:
    """Whether Terraform or OpenTofu read files of this name."""
    return name.endswith((*NATIVE, *JSON)) and not name.startswith(".")


def _overrides(name: str) -> bool:
    stem = name.split(".tf", maxsplit=1)[0].split(".tofu", maxsplit=1)[0]
    return stem == "override" or stem.endswith("_override")


def read_files(paths: Sequence[Path], folder: str, options: Options) -> Configuration:
    """The configuration in some files; of those named ``override`` what they say replaces what others say."""
    found = Configuration("" if folder == "." else folder)
    found.tofu = any(".tofu" in path.name for path in paths)
    for path in paths:
        file = shown(path, options)
        try:
            text = read_text(path, options)
        except Unreadable as error:
            found.broken = True
            found.mistakes.append(Mistake("terraform-unreadable-file", error.message, error.remedy, error.span))
            continue
        reader = _JsonFile if path.name.endswith(".json") else _NativeFile
        reader(found, file, overriding=_overrides(path.name)).read(text, options)
    return found


class _File:
    """A file whose blocks are added to a configuration."""

    def __init__(self, into: Configuration, file: str, *, overriding: bool) -> None:
        self.into = into
        self.file = file
        self.overriding = overriding

    def problem(self, problem: Problem) -> None:
        """Note a syntax error."""
        where = Span(self.file, (OFFSET, problem.start, problem.end))
        self.into.broken = True
        # The parser does not know what the file is called.
        detail = problem.detail.replace("\0", self.file.rpartition("/")[2])
        self.into.mistakes.append(Mistake("terraform-syntax", problem.summary, detail, where))

    def add(self, declaration: Declaration) -> None:
        """Put a block where the configuration keeps its kind."""
        tables: dict[str, dict[str, Declaration]] = {
            "resource": self.into.resources,
            "data": self.into.resources,
            "variable": self.into.variables,
            "output": self.into.outputs,
            "module": self.into.calls,
        }
        match declaration.kind:
            case "provider":
                self._provider(declaration)
            case "terraform":
                self.into.settings.append(declaration)
            case kind if kind in tables:
                self._name(tables[kind], declaration.name, declaration)
            case _:
                self.into.others.append(declaration)

    def local(self, name: str, node: Node, where: Span) -> None:
        """Put a local value where the others are."""
        earlier = self.into.locals.get(name)
        if earlier is None and self.overriding:
            from onetake.frontends.terraform.checks import unsuitable_local

            self.into.mistakes.append(unsuitable_local(name, where))
        if earlier is None or self.overriding:
            self.into.locals[name] = node, where
            return
        from onetake.frontends.terraform.checks import duplicate_local

        self.into.mistakes.append(duplicate_local(name, earlier[1], where, self.into))

    def _provider(self, declaration: Declaration) -> None:
        alias = getattr(declaration.fields.get("alias"), "value", None)
        name = f"{declaration.labels[0]}.{alias}" if alias else declaration.labels[0]
        self._name(self.into.providers, name, declaration)

    def _name(self, table: dict[str, Declaration], name: str, declaration: Declaration) -> None:
        earlier = table.get(name)
        if self.overriding and (earlier is None or "depends_on" in declaration.fields):
            from onetake.frontends.terraform.checks import unsuitable_override

            self.into.mistakes += unsuitable_override(declaration, known=earlier is not None)
        if earlier is None:
            table[name] = declaration
        elif self.overriding:
            earlier.overridden(declaration)
        else:
            from onetake.frontends.terraform.checks import duplicate

            self.into.mistakes.append(duplicate(earlier, declaration, self.into))


class _NativeFile(_File):
    def read(self, text: str, options: Options) -> None:
        """Read native syntax."""
        del options
        from onetake.frontends.terraform.syntax.bodies import parse_file

        body, problems = parse_file(text)
        self.into.sources[self.file] = NativeSource(text, body)
        for problem in problems:
            self.problem(problem)
        if body.arguments:
            self.into.broken = True
        seen: dict[tuple[str, ...], int] = {}
        for block in body.blocks:
            wanted = LABELS.get(block.type)
            if wanted is None or len(block.labels) != wanted:
                # What is wrong with it is said with all else that has the wrong shape.
                self.into.broken = True
            elif block.type == "locals":
                for name, argument in block.body.arguments.items():
                    again = (OFFSET, argument.start, argument.end) if name in self.into.locals else ("locals", name)
                    self.local(name, argument.value, Span(self.file, again))
            else:
                path: tuple[Key, ...] = (block.type, *block.labels)
                number = seen.get((block.type, *block.labels), 0)
                seen[block.type, *block.labels] = number + 1
                if number:
                    path = (*path, number)
                fields = cast("Callable[[], Fields]", partial(of_body, block.body))
                self.add(Declaration(block.type, block.labels, Span(self.file, path), fields))


class _JsonFile(_File):
    def read(self, text: str, options: Options) -> None:
        """Read JSON syntax."""
        from onetake.frontends.json_source import JsonProblem, parse

        source = self.into.sources[self.file] = TerraformJson(text)
        try:
            data = parse(text, options.limits.depth)
        except JsonProblem as error:
            lines = text.split("\n")
            at = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
            self.problem(Problem("Invalid JSON", error.message, at, at + 1))
            return
        source.data = data
        if not isinstance(data, dict):
            self.problem(
                Problem(
                    "Root value must be object", "The root value in a JSON-based configuration must be an object.", 0, 1
                )
            )
            return
        comment = data.get(COMMENT)
        metadata = comment.get("metadata") if isinstance(comment, dict) else None
        if isinstance(metadata, dict):
            self.into.synthesized_by = metadata
        for kind, value in data.items():
            if kind in LABELS:
                self._blocks(kind, value, LABELS[kind], (), (kind,))
            elif kind != COMMENT:
                known = meant(kind, TOP.blocks)
                hint = f' Did you mean "{known}"?' if known else ""
                detail = f'No argument or block type is named "{kind}".{hint}'
                where = Span(self.file, (kind,))
                self.into.mistakes.append(Mistake("terraform-syntax", "Extraneous JSON object property", detail, where))

    def _blocks(self, kind: str, value: object, labels: int, names: tuple[str, ...], path: tuple[Key, ...]) -> None:
        """Go down through the labels of a block type; at every level an object may be a list of objects."""
        if isinstance(value, list):
            for number, item in enumerate(value):
                self._blocks(kind, item, labels, names, (*path, number))
        elif not isinstance(value, dict):
            where = Span(self.file, path)
            detail = "Either a JSON object or JSON array of objects is required here."
            self.into.mistakes.append(Mistake("terraform-syntax", "Incorrect JSON value type", detail, where))
        elif labels > len(names):
            for name, inner in value.items():
                if name != COMMENT:
                    self._blocks(kind, inner, labels, (*names, name), (*path, name))
        elif kind == "locals":
            for name, inner in value.items():
                if name != COMMENT:
                    self.local(name, self._node(inner, (*path, name)), Span(self.file, (*path, name)))
        else:
            make = partial(self._fields, value, path)
            self.add(Declaration(kind, names, Span(self.file, path), make, _construct(value)))

    def _fields(self, value: dict[str, object], path: tuple[Key, ...]) -> Fields:
        problems: list[Problem] = []
        fields = of_json(value, problems)
        self._note(problems, path)
        return fields

    def _node(self, value: object, path: tuple[Key, ...]) -> Node:
        problems: list[Problem] = []
        node = json_node(value, problems)
        self._note(problems, path)
        return node

    def _note(self, problems: Sequence[Problem], path: tuple[Key, ...]) -> None:
        for problem in problems:
            where = Span(self.file, path)
            self.into.mistakes.append(Mistake("terraform-syntax", problem.summary, problem.detail, where))


def _construct(value: Mapping[str, object]) -> str:
    comment = value.get(COMMENT)
    metadata = comment.get("metadata") if isinstance(comment, dict) else None
    path = metadata.get("path") if isinstance(metadata, dict) else None
    return path if isinstance(path, str) else ""
