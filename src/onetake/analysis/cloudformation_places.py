"""Where a validator's dotted paths lead in a template, and what is known of the values there."""

from __future__ import annotations

from typing import Any

from onetake.analysis.cloudformation_engine import Diagnostic
from onetake.frontends.cloudformation.functions import OTHERS, TABLE
from onetake.frontends.cloudformation.intrinsics import call
from onetake.frontends.cloudformation.reading import Template
from onetake.frontends.cloudformation.texts import plain_text
from onetake.model.values import Absent, Key, Known, Span, Unknown, plain

Path = tuple[Key, ...]


def path_of(found: Diagnostic, template: Template) -> Path:
    """The path of the place that is meant, as far as the template has it."""
    if found.of_resource and not found.path.startswith("Resources/"):
        start: Path = ("Resources", found.entity)
        return start + _walk(template.sections["Resources"].get(found.entity), found.path.split("."))
    sections, _, rest = found.path.partition(".")
    pieces = [*sections.split("/"), *(rest.split(".") if rest else ())]
    return _walk(template.written, [piece for piece in pieces if piece])


def _walk(data: Any, pieces: list[str]) -> Path:
    """``pieces`` as keys of ``data``; keys may hold dots, so the longest that fits is taken."""
    path: list[Key] = []
    while pieces:
        if isinstance(data, list) and pieces[0].isdigit() and int(pieces[0]) < len(data):
            key: Key = int(pieces[0])
            size = 1
        elif isinstance(data, dict):
            size = next((n for n in range(len(pieces), 0, -1) if ".".join(pieces[:n]) in data), 0)
            key = ".".join(pieces[:size])
        else:
            break
        if not size:
            break
        data = data[key]
        path.append(key)
        pieces = pieces[size:]
    return tuple(path)


def written_at(path: Path, template: Template) -> Any:
    """What the template has at a path that :func:`path_of` gave."""
    data: Any = template.written
    for key in path:
        data = data[key]
    return data


def certain(found: Diagnostic, path: Path, template: Template) -> bool:
    """Whether the value that the validator judged is what will be deployed.

    The validator follows defaults and every branch; what it finds in a value that is not certain is dropped.
    """
    resource = template.sections["Resources"].get(found.entity)
    if not found.of_resource or resource is None:
        return True
    data: Any = resource
    place: Path = ("Resources", found.entity)
    for key in path[2:]:
        if call(data):
            break
        data = data[key]
        place = (*place, key)
    written = call(data)
    if written and written[0] not in TABLE and written[0] not in OTHERS:
        return True
    if written is None and isinstance(data, list):
        return all(_quoted(item, (*place, index), found, template) for index, item in enumerate(data))
    if written is None:
        return "{{resolve:" not in data if isinstance(data, str) else True
    value = template.evaluator.evaluate(data, Span(template.setting.file, place))
    if isinstance(value, (Absent, Unknown)):
        return False
    if isinstance(value, Known) and isinstance(value.value, (str, int, float)):
        return plain_text(value.value) in found.message
    return True


def _quoted(item: Any, place: Path, found: Diagnostic, template: Template) -> bool:
    """Whether a function in a list is what the validator took it for, where it quotes the list: it may show ``''``."""
    if not found.message.startswith("[") or not call(item):
        return True
    value = template.evaluator.evaluate(item, Span(template.setting.file, place))
    return isinstance(value, Known) and f"'{plain_text(value.value)}'" in found.message.partition("]")[0]


def repeats(path: Path, template: Template, entity: str) -> bool:
    """Whether the list at ``path`` surely holds something twice."""
    data: Any = template.sections["Resources"].get(entity)
    for key in path[2:]:
        if call(data):
            return False
        data = data[key]
    try:
        items = plain(template.evaluator.evaluate(data, Span(template.setting.file, path)))
    except LookupError:
        return False
    return isinstance(items, list) and any(item in items[:place] for place, item in enumerate(items))
