"""The corrected code of a finding: the lines as they would read, or the edits in words."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onetake.model.findings import Action, Edit
from onetake.model.report import Located
from onetake.model.values import Key
from onetake.reports.document import Block, Code, Fence, Inline, Paragraph
from onetake.reports.text import encodable

LANGUAGES = {"json": "json", "yaml": "yaml", "yml": "yaml", "template": "yaml", "tf": "hcl", "tofu": "hcl"}


def corrected(located: Located) -> Iterator[Block]:
    """The corrected code, if the rule has an edit."""
    language = language_of(located.file)
    if located.correction:
        yield Fence(located.correction, language, "Corrected code")
        return
    for edit in located.finding.edits:
        yield from _edit(edit, language)


def language_of(file: str) -> str:
    """What a file is written in, by its name."""
    return LANGUAGES.get(file.rpartition(".")[2], "")


def _edit(edit: Edit, language: str) -> Iterator[Block]:
    key, holder = (edit.where.path[-1], edit.where.path[:-1]) if edit.where.path else ("", ())
    place: tuple[Inline, ...] = (" in ", Code(_path(holder))) if holder else ()
    match edit.action:
        case Action.REMOVE:
            yield Paragraph(("Remove ", Code(str(key)), *place, "."), "Corrected code")
        case Action.APPEND:
            yield Paragraph(("Add to the list ", Code(str(key)), *place, ":"), "Corrected code")
            yield Fence(_json(edit.value), "json")
        case Action.SET:
            yield Paragraph(("Set ", Code(str(key)), *place, ":"), "Corrected code")
            yield Fence(_assignment(key, edit.value, language), language or "json")


def _path(path: tuple[Key, ...]) -> str:
    return ".".join(str(key) for key in path)


def _assignment(key: Key, value: object, language: str) -> str:
    written = _json(value)
    if isinstance(key, int):
        return written
    match language:
        case "hcl":
            return f"{key} = {written}"
        case "yaml":
            # JSON is YAML too.
            return f"{key}: {written}"
        case _:
            return f"{_json(key)}: {written}"


def _json(value: object) -> str:
    return encodable(json.dumps(value, indent=2, ensure_ascii=False, default=str))
