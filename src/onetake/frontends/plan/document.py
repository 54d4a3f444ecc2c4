"""A plan file as data: read, told from its look-alikes, and taken apart without trusting its shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onetake.frontends.files import Options, Unreadable, decoded, read_bytes, shown
from onetake.frontends.json_source import JsonProblem, parse
from onetake.frontends.plan.recognition import SHOW, for_plans, refusal
from onetake.model.records import record
from onetake.model.values import Span


@record
class Document:
    """The parts of a plan that are read."""

    file: str
    """As reports show it."""
    data: dict[str, Any]

    @property
    def where(self) -> Span:
        """The file as a whole: a plan is one line, which may hold secrets and is never shown."""
        return Span(self.file)

    def changes(self) -> Iterator[dict[str, Any]]:
        """The changes of current objects; what an interrupted replacement left behind is not the program's."""
        for change in objects(self.data.get("resource_changes")):
            if isinstance(change.get("address"), str) and not change.get("deposed"):
                yield change

    def deployed(self) -> Iterator[dict[str, Any]]:
        """The resources and data sources of the prior state, with all modules."""
        state = mapping(mapping(self.data.get("prior_state")).get("values"))
        yield from _resources(mapping(state.get("root_module")))

    def planned(self) -> Iterator[dict[str, Any]]:
        """The resources that there will be."""
        yield from _resources(mapping(mapping(self.data.get("planned_values")).get("root_module")))


def load(path: Path, options: Options) -> Document:
    """The plan in a file.

    Raises:
        Unreadable: it is none, or cannot be read; says what to do.
    """
    file = shown(path, options)
    content = read_bytes(path, for_plans(options))
    known = refusal(content)
    if known:
        raise Unreadable(Span(file), f"{file} {known[0]}", known[1])
    try:
        data = parse(decoded(content, path, options), options.limits.depth)
    except JsonProblem as error:
        raise Unreadable(Span(file), f"{file} is not JSON: {error.message}", SHOW, line=error.line) from error
    if not isinstance(data, dict) or not isinstance(data.get("format_version"), str):
        raise Unreadable(Span(file), f"{file} is no plan", SHOW)
    if "values" in data and "planned_values" not in data and "resource_changes" not in data:
        remedy = f"plan with -out=PLANFILE, then {SHOW}"
        raise Unreadable(Span(file), f"{file} shows a state: what is deployed, not what is planned", remedy)
    if not data["format_version"].startswith(("0.", "1.")):
        version = data["format_version"][:20]
        raise Unreadable(Span(file), f"{file} has the format {version!r}, which is not known", "update onetake")
    return Document(file, data)


def _resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    pending = [module]
    while pending:
        current = pending.pop()
        for resource in objects(current.get("resources")):
            if isinstance(resource.get("address"), str):
                yield resource
        pending += objects(current.get("child_modules"))


def mapping(data: Any) -> dict[str, Any]:
    """``data`` if it is an object, else an empty one."""
    return data if isinstance(data, dict) else {}


def objects(data: Any) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def text(data: Any) -> str:
    """``data`` if it is text, else nothing."""
    return data if isinstance(data, str) else ""


def texts(data: Any) -> list[str]:
    """The texts in a list."""
    return [item for item in data if isinstance(item, str)] if isinstance(data, list) else []
