"""Texts among the arguments of the AWS bindings' classes, as Terraform reads them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from onetake.frontends.source.faults import EXPRESSION_AS_TEXT, INVALID_TEMPLATE, Fault
from onetake.frontends.source.interpolation import MARKED, OF_TERRAFORM, Misread, judged
from onetake.frontends.source.pins import Pins
from onetake.frontends.source.scopes import Scopes
from onetake.frontends.source.untyped import of_bindings

_GAP = "\ue000"
"""Stands for what is filled into a text, in which no template of Terraform's begins or ends."""
_FILLED = re.compile(rf"[$%]\{{[^}}]*{_GAP}")
"""Where something is filled into a template, which may be anything."""


def faults(nodes: Iterable[ast.AST], scopes: Scopes, pins: Pins) -> Iterator[Fault]:
    """The texts that are no templates, and the expressions that are only texts."""
    for call in nodes:
        if not isinstance(call, ast.Call):
            continue
        texts = [
            (keyword.arg, node, text)
            for keyword in call.keywords
            if keyword.arg and keyword.arg not in OF_TERRAFORM
            for node, text in _texts(keyword.value, scopes)
        ]
        told = [fault for name, node, text in texts for fault in _faults(name, node, text)]
        if told and of_bindings(call.func, scopes, pins) is not None:
            yield from told


def _faults(name: str, node: ast.expr, text: str) -> Iterator[Fault]:
    found = judged(text, name, name, "Fn.{}".format) if not _FILLED.search(text) else None
    if found is not None:
        rule = INVALID_TEMPLATE if isinstance(found, Misread) else EXPRESSION_AS_TEXT
        yield Fault(rule, node, name, found.message, found.verbatim, found.fix)


def _texts(node: ast.expr, scopes: Scopes) -> Iterator[tuple[ast.expr, str]]:
    """The texts that an argument is written as, with what is filled in as :data:`_GAP`."""
    match scopes.value(node):
        case ast.Constant(value=str() as text) as found:
            yield found, text
        case ast.JoinedStr(values) as found:
            yield found, "".join(str(one.value) if isinstance(one, ast.Constant) else _GAP for one in values)
        case ast.List(elts) | ast.Tuple(elts):
            for one in elts:
                yield from _texts(one, scopes)
        case ast.Dict(values=values):
            for one in values:
                yield from _texts(one, scopes)
        case ast.Call(func=ast.Attribute(value=ast.Name("json"), attr="dumps"), args=[one, *_]):
            # Quotes are written otherwise in it, of which an expression would read another one.
            yield from ((found, text) for found, text in _texts(one, scopes) if '"' not in text and MARKED.search(text))
        case _:
            return
