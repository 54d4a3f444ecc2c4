"""Writing plain data as YAML, in the manner of the file around it."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from onetake.model.records import record


@record
class Style:
    """How a file is written."""

    step: str = "  "
    lists_indented: bool = True
    short_functions: bool = False
    """``!Ref x`` rather than ``Ref: x``."""


class _Short(str):
    """A scalar behind a tag."""

    __slots__ = ("tag",)
    tag: str


# Readers that follow YAML 1.2 or older drafts see numbers and dates where PyYAML sees text.
_DOUBTFUL = re.compile(r"[\d.+-]")


# PyYAML quotes whatever stands behind a tag; people do not.
_QUOTED_NAME = re.compile(r"(!(?:Ref|GetAtt)) '([A-Za-z][\w.:]*)'")


class _Dumper(yaml.SafeDumper):
    lists_indented = True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and not self.lists_indented)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base class calls it by this name
        return True


class _Indentless(_Dumper):
    lists_indented = False


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    lines = value.removesuffix("\n")
    # A block text cannot begin with space, nor tell how many empty lines it ends with.
    blocky = "\n" in value and value.replace("\n", "").isprintable() and lines == lines.strip() and lines != ""
    style = "|" if blocky else '"' if "\n" in value or _DOUBTFUL.match(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


def _short(dumper: _Dumper, value: _Short) -> yaml.ScalarNode:
    return dumper.represent_scalar(value.tag, str(value))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Short, _short)


def block(value: object, style: Style, quote: str | None = None) -> list[str]:
    """The lines of ``value``; a text keeps the quotes of the one it replaces."""
    if isinstance(value, str) and quote in ("'", '"') and "\n" not in value and value.isprintable():
        return [json.dumps(value, ensure_ascii=False) if quote == '"' else "'" + value.replace("'", "''") + "'"]
    text = _dump(value, style, flow=False)
    lines = text.removesuffix("...\n").rstrip("\n").split("\n")
    if isinstance(value, list) and style.lists_indented:
        # PyYAML indents even an outermost list; the caller decides where that one stands.
        lines = _unindented(lines)
    return lines


def inline(value: object, style: Style) -> bool:
    """Whether ``value`` is written behind its key rather than below it."""
    return not isinstance(_shortened(value, style), (dict, list)) or value in ({}, [])


def flow(value: object, style: Style, *, quoted: bool = False) -> str:
    """``value`` on one line, for a place inside brackets or braces."""
    if quoted:
        return json.dumps(value, ensure_ascii=False)
    return _dump([value], style, flow=True).strip()[1:-1]


def _dump(value: object, style: Style, *, flow: bool) -> str:
    text = yaml.dump(
        _shortened(value, style),
        Dumper=_Dumper if style.lists_indented else _Indentless,
        default_flow_style=flow,
        sort_keys=False,
        allow_unicode=True,
        width=1_000_000,
        # With a list inside, wide steps would tear the dashes from their items.
        indent=2 if _holds_list(value) else max(2, len(style.step)),
    )
    return _QUOTED_NAME.sub(r"\1 \2", text)


def _holds_list(value: object) -> bool:
    if isinstance(value, dict):
        return any(_holds_list(inner) for inner in value.values())
    return isinstance(value, list)


def _unindented(lines: list[str]) -> list[str]:
    margin = len(lines[0]) - len(lines[0].lstrip(" "))
    return [line[margin:] for line in lines]


def _shortened(value: object, style: Style) -> object:
    """``value`` with functions as tagged texts, where the file writes them so."""
    match value:
        case dict() if style.short_functions and len(value) == 1:
            ((name, argument),) = value.items()
            return _function(name, argument) or {name: _shortened(argument, style)}
        case dict():
            return {name: _shortened(inner, style) for name, inner in value.items()}
        case list():
            return [_shortened(item, style) for item in value]
        case _:
            return value


def _function(name: str, argument: object) -> _Short | None:
    text = argument
    if name == "Fn::GetAtt" and isinstance(argument, list) and all(isinstance(part, str) for part in argument):
        text = ".".join(argument)
    if name not in ("Ref", "Fn::GetAtt", "Fn::Sub") or not isinstance(text, str):
        return None
    short = _Short(text)
    short.tag = "!" + name.removeprefix("Fn::")
    return short
